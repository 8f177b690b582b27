"""A case study in the sandbox: written over two sittings, published, found, shared and downloaded."""

import json

import pytest
from docx.document import Document

from sandbox.harness import Harness, running_harness
from sandbox.state import Message, ViewPlace
from tests.e2e.case_study import begin, until_modal_says, word_file, write

SHARED, WITHOUT_BOT = "C0PARTNERSH", "C0LUNCHTIME"
ORLA, COLIN, ZOFIA = "U0ORLAFINCH", "U0COLINWARD", "U0ZOFIALISK"


async def first_sitting(harness: Harness) -> str:
    """Begin, send one section, tick a box, type without sending; returns the id of the draft."""
    study = await begin(harness, ORLA, SHARED, "good-practice")
    await write(
        harness, ORLA, f"{study}|who", {"organization": "Larkfield Hub", "activity": "Saturday breakfast"}
    )
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
    await write(harness, ORLA, f"{study}|why", {"aims": "To meet parents who never come. <!channel>"})
    await write(harness, ORLA, f"{study}|what", {"description": "Two health visitors and a cook."})
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


async def find_and_download(harness: Harness) -> Document:
    """A colleague finds it by its words and asks for the Word file."""
    await harness.acts.run_command(COLIN, WITHOUT_BOT, "/casestudy cook")
    await harness.click(COLIN, "Read")
    await until_modal_says(harness, COLIN, "Two health visitors and a cook.")
    return await word_file(harness, COLIN)


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

    document = await find_and_download(harness)
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "Saturday breakfast" in texts
    assert any(text.startswith("Written by Orla") for text in texts)


@pytest.mark.parametrize("is_http", [False, True], ids=["socket mode", "signed requests"])
async def test_a_case_study_over_two_sittings_with_a_crash_between(database_url: str, is_http: bool) -> None:
    async with running_harness(database_url, is_http=is_http) as harness:
        await work_through(harness)


async def test_fields_of_every_kind_and_the_step_to_the_next_section(database_url: str) -> None:
    async with running_harness(database_url, is_http=False) as harness:
        study = await begin(harness, ORLA, SHARED, "good-practice")
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
