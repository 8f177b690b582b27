"""A case study in the sandbox: written over two sittings, published, found, shared and downloaded."""

import io
import json

import docx
import pytest

from sandbox.harness import Harness, running_harness
from sandbox.state import Message, View, ViewPlace

SHARED, WITHOUT_BOT = "C0PARTNERSH", "C0LUNCHTIME"
ORLA, COLIN, ZOFIA = "U0ORLAFINCH", "U0COLINWARD", "U0ZOFIALISK"


async def until_modal_says(harness: Harness, user_id: str, words: str) -> View:
    """Wait until the person's modal says this."""

    def look() -> View | None:
        view = harness.open_view(user_id)
        return view if view and words in json.dumps(view.blocks, ensure_ascii=False) else None

    return await harness.until(look, f"a modal that says “{words}”")


async def write_section(harness: Harness, value: str, **answers: str) -> None:
    """Press the section's button in the overview, fill its form in and save it."""
    await harness.click(ORLA, "Write", value=value)
    for name, answer in answers.items():
        await harness.fill(ORLA, name, answer)
    assert await harness.submit(ORLA) == {}


def draft_id(harness: Harness) -> str:
    view = harness.open_view(ORLA)
    assert view is not None
    return str(view.content["private_metadata"])


async def first_sitting(harness: Harness) -> str:
    """Begin, send one section, tick a box, type without sending; returns the id of the draft."""
    await harness.acts.run_command(ORLA, SHARED, "/casestudy")
    await harness.click(ORLA, "Start", value="good-practice")
    await until_modal_says(harness, ORLA, "Untitled case study")
    study = draft_id(harness)
    await write_section(harness, f"{study}|who", organization="Larkfield Hub", activity="Saturday breakfast")
    await until_modal_says(harness, ORLA, "2 of 3 answered")
    await harness.click(ORLA, "Write", value=f"{study}|why")
    await harness.fill(ORLA, "aims", "Typed and never sent")
    await harness.fill(ORLA, "ecm_outcomes", ["stay-safe"])
    return study


async def second_sitting(harness: Harness, study: str) -> None:
    """Go on from App Home, find what was sent, finish and publish."""
    await harness.acts.open_home(ORLA)
    await harness.until(
        lambda: next((spot for spot in harness.home_spots(ORLA) if spot.label == "Go on"), None),
        "the draft in App Home",
    )
    await harness.click(ORLA, "Go on")
    await until_modal_says(harness, ORLA, "2 of 3 answered")
    view = await until_modal_says(harness, ORLA, "1 of 4 answered. Still missing: Aims of the activity")
    assert "Typed and never sent" not in json.dumps(view.blocks)
    await harness.click(ORLA, "Publish")
    await until_modal_says(harness, ORLA, "Not published yet")
    await write_section(harness, f"{study}|why", aims="To meet parents who never come. <!channel>")
    await write_section(harness, f"{study}|what", description="Two health visitors and a cook.")
    await harness.click(ORLA, "Publish")
    await until_modal_says(harness, ORLA, "The agencies in it agree")
    await harness.fill(ORLA, "checks", ["nobody", "agreed", "costs"])
    assert await harness.submit(ORLA) == {}
    await until_modal_says(harness, ORLA, "Your case study is published")


async def share(harness: Harness) -> Message:
    """Share it from the confirmation; a channel without the bot is refused first."""
    await harness.click(ORLA, "Share to a channel")
    await harness.fill(ORLA, "channel", WITHOUT_BOT)
    assert "/invite @Common Ground" in (await harness.submit(ORLA))["channel"]
    await harness.fill(ORLA, "channel", SHARED)
    assert await harness.submit(ORLA) == {}
    return await harness.until(
        lambda: next(
            (m for m in harness.bot_messages(ZOFIA, SHARED) if "Saturday breakfast" in m.text), None
        ),
        "the card in the channel",
    )


async def find_and_download(harness: Harness) -> bytes:
    """A colleague finds it by its words and asks for the Word file."""
    await harness.acts.run_command(COLIN, WITHOUT_BOT, "/casestudy cook")
    await harness.click(COLIN, "Read")
    await until_modal_says(harness, COLIN, "Two health visitors and a cook.")
    await harness.click(COLIN, "Send me a Word file")

    def look() -> Message | None:
        return next((message for message in harness.direct_messages(COLIN) if message.file_ids), None)

    message = await harness.until(look, "the Word file")
    (file_id,) = message.file_ids
    return harness.workspace.file_content[file_id]


async def work_through(harness: Harness) -> None:
    study = await first_sitting(harness)
    await harness.kill_bot()
    await harness.start_bot()
    view = harness.open_view(ORLA)
    assert view is not None
    await harness.acts.close(ORLA, view.id, all=True)

    await second_sitting(harness, study)
    card = await share(harness)
    assert "<!channel>" not in card.text
    await harness.click(ZOFIA, "Read it all", SHARED)
    await until_modal_says(harness, ZOFIA, "To meet parents who never come.")

    document = docx.Document(io.BytesIO(await find_and_download(harness)))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "Saturday breakfast" in texts
    assert any(text.startswith("Written by Orla") for text in texts)


@pytest.mark.parametrize("is_http", [False, True], ids=["socket mode", "signed requests"])
async def test_a_case_study_over_two_sittings_with_a_crash_between(database_url: str, is_http: bool) -> None:
    async with running_harness(database_url, is_http=is_http) as harness:
        await work_through(harness)


async def test_fields_of_every_kind_and_the_step_to_the_next_section(database_url: str) -> None:
    async with running_harness(database_url, is_http=False) as harness:
        await harness.acts.run_command(ORLA, SHARED, "/casestudy")
        await harness.click(ORLA, "Start", value="good-practice")
        await until_modal_says(harness, ORLA, "Untitled case study")
        study = draft_id(harness)
        await harness.click(ORLA, "Write", value=f"{study}|what")
        await until_modal_says(harness, ORLA, "Section 3 of 4")
        await harness.fill(ORLA, "began", "2026-03-07")
        view = harness.open_view(ORLA)
        assert view is not None
        place = ViewPlace(view.id)
        for field, typed, value in (
            ("other_agencies", "Larkfield Library", "Larkfield Library"),
            ("strategies", "shared training", None),
        ):
            found = await harness.acts.suggest(ORLA, place, field, field, typed)
            options = found.get("options") or found["option_groups"][0]["options"]
            await harness.fill(ORLA, field, [value or options[0]["value"]])
        await harness.click(ORLA, "Next: Resources and learning")
        await until_modal_says(harness, ORLA, "Section 4 of 4")

        file_id = await harness.acts.upload(ORLA, "poster.pdf", b"%PDF-1.4")
        await harness.fill(ORLA, "files", [file_id])
        await harness.fill(ORLA, "cost", "12.345")
        assert "such as 1250 or 12.50" in (await harness.submit(ORLA))["cost"]
        await harness.fill(ORLA, "cost", "1250")
        await harness.fill(ORLA, "cost.hours", "40")
        assert await harness.submit(ORLA) == {}
        await until_modal_says(harness, ORLA, "3 of 4 answered")
        await harness.click(ORLA, "Read it through")
        for words in ("7 March 2026", "Larkfield Library", "£1,250 and 40 hours", "|poster.pdf>"):
            await until_modal_says(harness, ORLA, words)
