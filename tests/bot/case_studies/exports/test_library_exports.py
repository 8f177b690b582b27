"""Many case studies exported: what was found, in parts, through restarts."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import docx
import pytest

from bot.case_studies.exports import library_work, parts
from bot.case_studies.exports.archive import check_archive, read_archive
from bot.case_studies.exports.orders import LibraryOrder
from bot.case_studies.ids import FORMS_FIELD
from bot.settings import Settings
from knowledge.model import Library
from storage.store import Store
from tests.bot.case_studies.clockwork import Clockwork
from tests.bot.case_studies.examples import AT, make_study
from tests.bot.case_studies.exports.exporting import DIRECT, names_sent, open_library_export, work_off
from tests.bot.case_studies.steps import last_view
from tests.slack import BEN, PIA, TEAM, Bot, Json, Place, Slack, labels_of, words_of
from tests.word import style_of

pytestmark = pytest.mark.usefixtures("published")


async def test_all_come_as_csv_and_json_without_drafts(bot: Bot, slack: Slack, clock: Clockwork) -> None:
    form = await open_library_export(bot, slack)
    assert "Everything that has been published here: 1 case study." in words_of(form.blocks)
    await bot.submit(form, {FORMS_FIELD: ["csv", "json"]}, user=BEN)
    (sent,) = await work_off(clock, slack)
    assert sent["initial_comment"] == (
        "Here is everything that has been published: 1 case study, as CSV and JSON."
    )
    assert slack.called("chat.postMessage") == []
    by_kind = {name.rsplit(".", 1)[1]: content.decode() for name, content in slack.uploads.items()}
    ((study, history),) = read_archive(io.StringIO(by_kind["json"]))
    assert (study, history) == (make_study(), None)
    (row,) = csv.DictReader(io.StringIO(by_kind["csv"].removeprefix("\ufeff")))
    assert (row["id"], row["owner"]) == ("s1", "Anna Example")
    assert sent["channel_id"] == DIRECT


async def many(store: Store, number: int, title: str = "Another") -> None:
    for place in range(number):
        study = make_study(study_id=f"m{place:03}", title=f"{title} {place}")
        await store.case_studies.import_case_study(
            replace(study, published_at=AT + timedelta(minutes=place)), facets={"outcome": ["be-healthy"]}
        )


async def test_what_was_found_is_exported_and_no_more(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork
) -> None:
    await many(store, 12, "Lantern walk")
    await bot.command("/casestudy", "list", user=BEN)
    assert "Export what I found" not in labels_of(last_view(slack).blocks)
    form = await open_library_export(bot, slack, "Export what I found", words="lantern")
    assert "What you found for “lantern”: 12 case studies." in words_of(form.blocks)
    await bot.submit(form, {FORMS_FIELD: ["csv", "markdown"]}, user=BEN)
    (sent,) = await work_off(clock, slack)
    assert sent["initial_comment"] == "Here is what you found: 12 case studies, as CSV and Markdown."
    table, text = (slack.uploads[name].decode() for name in names_sent(slack))
    ids = [row["id"] for row in csv.DictReader(io.StringIO(table.removeprefix("\ufeff")))]
    assert ids == [f"m{place:03}" for place in reversed(range(12))]
    assert text.count("\n## Lantern walk") == 12


async def test_filters_are_exported_too(bot: Bot, slack: Slack, store: Store, clock: Clockwork) -> None:
    await many(store, 3)
    await bot.command("/casestudy", "list", user=BEN)
    await bot.press(last_view(slack), "Filter", user=BEN)
    answer = await bot.submit(last_view(slack), {"case_studies.filters.outcome": ["be-healthy"]}, user=BEN)
    await bot.press(on_view(answer), "Export what I found", user=BEN)
    form = last_view(slack)
    assert "What fits your filters: 3 case studies." in words_of(form.blocks)
    assert "Filters: Outcome: Be healthy" in words_of(form.blocks)
    await bot.submit(form, {FORMS_FIELD: ["csv"]}, user=BEN)
    await work_off(clock, slack)
    (table,) = slack.uploads.values()
    assert table.decode().count("Another ") == 3


def on_view(answer: Json) -> Place:
    return Place(answer["view"]["blocks"], view={"id": "V1", "hash": "h", "team_id": TEAM, **answer["view"]})


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts, pages and steps as an export of hundreds of thousands would have them."""
    monkeypatch.setattr(parts, "LARGEST_PART", 40_000)
    monkeypatch.setattr(parts, "MOST_IN_A_BOOK", 40)
    monkeypatch.setattr(library_work, "A_PAGE", 30)
    monkeypatch.setattr(library_work, "STEP_SECONDS", 0.0)
    monkeypatch.setattr(library_work, "TELL_EVERY", 0.0)


@pytest.mark.usefixtures("small_parts")
async def test_a_long_export_comes_in_parts_and_tells_how_far_it_is(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork
) -> None:
    await many(store, 149)
    form = await open_library_export(bot, slack)
    await bot.submit(form, {FORMS_FIELD: ["csv", "json", "markdown", "word"]}, user=BEN)
    await clock.look()
    begun = slack.last("chat.postMessage")
    assert (begun["channel"], begun["text"]) == (DIRECT, "Preparing 0 of 150 case studies as CSV…")
    assert slack.uploads == {}
    (sent,) = await work_off(clock, slack, 40)
    told = [call["text"] for call in slack.called("chat.update")]
    assert "Preparing 70 of 150 case studies as Word…" in told
    assert len(slack.called("chat.postMessage")) == len(slack.called("chat.delete")) == 1
    assert "150 case studies, as CSV, JSON, Markdown and Word. It comes in parts" in sent["initial_comment"]
    assert len(json.loads(sent["files"])) == len(slack.uploads)
    found: dict[str, list[str]] = {"csv": [], "json": [], "md": [], "docx": []}
    for name in sorted(slack.uploads):
        ending, content = name.rsplit(".", 1)[1], slack.uploads[name]
        assert "-part-" in name
        if ending == "csv":
            rows = csv.DictReader(io.StringIO(content.decode().removeprefix("\ufeff")))
            found["csv"] += [row["title"] for row in rows]
        elif ending == "json":
            text = content.decode()
            assert check_archive(io.StringIO(text))
            found["json"] += [study.title for study, _ in read_archive(io.StringIO(text))]
        elif ending == "md":
            lines = content.decode().splitlines()
            found["md"] += [line[3:] for line in lines if line.startswith("## ")]
        else:
            paragraphs = docx.Document(io.BytesIO(content)).paragraphs
            found["docx"] += [each.text for each in paragraphs if style_of(each) == "Heading 1"]
    whole = sorted(["Saturday breakfast club", *(f"Another {place}" for place in range(149))])
    assert sorted(found["csv"]) == sorted(found["json"]) == sorted(found["md"]) == whole
    assert sorted(set(found["docx"]) - {"Contents"}) == whole


@pytest.mark.usefixtures("small_parts")
async def test_a_restart_goes_on_where_it_was(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork, library: Library, settings: Settings
) -> None:
    await many(store, 149)
    await bot.submit(await open_library_export(bot, slack), {FORMS_FIELD: ["csv"]}, user=BEN)
    await clock.look()
    await clock.look()
    (work,) = await store.work.claim(datetime.now(UTC), 0.0, 9)
    before = LibraryOrder.decode(work.subject).progress
    assert 0 < before.done < 150
    (sent,) = await work_off(Clockwork(store, library, settings), slack, 20)
    assert len(slack.called("chat.postMessage")) == 1
    rows: list[str] = []
    for content in slack.uploads.values():
        rows += [row["id"] for row in csv.DictReader(io.StringIO(content.decode().removeprefix("\ufeff")))]
    assert len(rows) == len(set(rows)) == 150
    assert len(json.loads(sent["files"])) == len(slack.uploads)


@pytest.mark.usefixtures("small_parts")
async def test_a_long_export_that_fails_says_so_in_the_place_of_how_far_it_was(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork
) -> None:
    await many(store, 120)
    await bot.submit(await open_library_export(bot, slack), {FORMS_FIELD: ["csv"]}, user=BEN)
    await clock.look()
    slack.refuse["files.getUploadURLExternal"] = "storage_limit_reached"
    assert await work_off(clock, slack) == []
    assert slack.last("chat.update")["text"] == (
        "I could not send the files that you asked for: this workspace has no room left for files. "
        "Search for fewer first, or export as CSV, which is small."
    )
    assert len(slack.called("chat.postMessage")) == 1


async def test_word_is_for_so_many_at_a_time(
    bot: Bot, slack: Slack, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.case_studies.exports.ordering.MOST_IN_WORD", 3)
    await many(store, 4)
    form = await open_library_export(bot, slack)
    answer = await bot.submit(form, {FORMS_FIELD: ["word"]}, user=BEN)
    assert answer["errors"] == {
        FORMS_FIELD: "Word is for up to 3 case studies at a time, and these are 5. Choose CSV, JSON or "
        "Markdown, or search for fewer first."
    }
    answer = await bot.submit(form, {FORMS_FIELD: ["json"]}, user=BEN)
    assert "JSON is on the way to you" in words_of(answer["view"]["blocks"])


async def test_the_library_is_exported_to_its_own_people_only(
    bot: Bot, slack: Slack, clock: Clockwork
) -> None:
    await bot.command("/casestudy", "list")
    library_view = last_view(slack)
    await bot.press(library_view, "Export all", user=PIA)
    assert "The library belongs to the workspace" in words_of(last_view(slack).blocks)
    await bot.press(library_view, "Export all")
    answer = await bot.submit(last_view(slack), {FORMS_FIELD: ["csv"]}, user=PIA)
    assert "The library belongs to the workspace" in answer["errors"][FORMS_FIELD]
    assert await work_off(clock, slack) == []
