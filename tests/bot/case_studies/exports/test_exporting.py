"""What people ask to have exported comes in their direct messages, and nowhere else."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import docx
import pytest

from bot.case_studies.exports import library_work, parts
from bot.case_studies.exports.archive import check_archive, read_archive
from bot.case_studies.exports.listeners import NO_CHANNEL, NO_FORM
from bot.case_studies.exports.orders import LibraryOrder
from bot.case_studies.ids import CANVAS_CHANNEL_FIELD, CANVAS_FIELD, FORMS_FIELD
from bot.settings import Settings
from knowledge.model import Library
from storage.records.case_studies import FieldAnswer
from storage.store import Store
from tests.bot.case_studies.clockwork import Clockwork
from tests.bot.case_studies.examples import AT, make_study, person
from tests.bot.case_studies.steps import last_view
from tests.slack import ANNA, BEN, CHANNEL, PIA, TEAM, Bot, Json, Place, Slack, User, labels_of, words_of
from tests.word import style_of

DIRECT = "D0BEN"


@pytest.fixture(autouse=True)
async def published(store: Store, slack: Slack) -> None:
    await store.case_studies.import_case_study(make_study())
    await store.case_studies.create_case_study(
        make_study(study_id="s2", status="draft", title="Secret", owner=person(BEN))
    )
    slack.answers["conversations.open"] = {"channel": {"id": DIRECT}}
    slack.answers["users.info"] = {"user": {"id": ANNA.id, "profile": {"real_name": "Anna Example"}}}
    slack.answers["conversations.info"] = {"channel": {"id": CHANNEL, "is_member": True}}


@pytest.fixture
def clock(store: Store, library: Library, settings: Settings) -> Clockwork:
    return Clockwork(store, library, settings)


async def work_off(clock: Clockwork, slack: Slack, looks: int = 4) -> list[Json]:
    """Let the clock look several times; returns the messages with files."""
    for _ in range(looks):
        await clock.look()
    return slack.called("files.completeUploadExternal")


async def open_reading(bot: Bot, slack: Slack, user: User = BEN) -> Place:
    await bot.command("/casestudy", "list", user=user)
    await bot.press(last_view(slack), "Read", user=user)
    return last_view(slack)


async def open_export(bot: Bot, slack: Slack, user: User = BEN) -> Place:
    await bot.press(await open_reading(bot, slack, user), "Export", user=user)
    return last_view(slack)


async def open_library_export(
    bot: Bot, slack: Slack, label: str = "Export all", words: str = "list"
) -> Place:
    await bot.command("/casestudy", words, user=BEN)
    await bot.press(last_view(slack), label, user=BEN)
    return last_view(slack)


def names_sent(slack: Slack) -> list[str]:
    return sorted(slack.uploads)


async def test_one_case_study_comes_in_every_form_that_was_ticked(
    bot: Bot, slack: Slack, clock: Clockwork
) -> None:
    form = await open_export(bot, slack)
    answer = await bot.submit(form, {FORMS_FIELD: ["word", "markdown", "json"]}, user=BEN)
    said = words_of(answer["view"]["blocks"])
    assert said == "Word, Markdown and JSON are on the way to you as a direct message from Common Ground."
    (sent,) = await work_off(clock, slack)
    assert (slack.last("conversations.open")["users"], sent["channel_id"]) == (BEN.id, DIRECT)
    assert sent["initial_comment"] == (
        "Here is the case study “Saturday breakfast club” as Word, Markdown and JSON."
    )
    stem = "saturday-breakfast-club"
    assert names_sent(slack) == [f"{stem}.docx", f"{stem}.json", f"{stem}.md"]
    document = docx.Document(io.BytesIO(slack.uploads[f"{stem}.docx"]))
    assert "Written by Anna Example" in "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert slack.uploads[f"{stem}.md"].decode().startswith("# Saturday breakfast club\n")
    assert check_archive(io.StringIO(slack.uploads[f"{stem}.json"].decode())) == 1


@pytest.mark.parametrize(
    ("user", "is_admin", "has_history"), [(ANNA, False, True), (BEN, False, False), (BEN, True, True)]
)
async def test_what_was_written_before_goes_to_authors_and_admins_only(
    bot: Bot, slack: Slack, clock: Clockwork, user: User, is_admin: bool, has_history: bool
) -> None:
    slack.answers["users.info"]["user"]["is_admin"] = is_admin
    form = await open_export(bot, slack, user)
    await bot.submit(form, {FORMS_FIELD: ["json"]}, user=user)
    await work_off(clock, slack)
    ((study, history),) = read_archive(io.StringIO(slack.uploads["saturday-breakfast-club.json"].decode()))
    assert study == make_study()
    assert (history is not None) == has_history


async def test_a_name_that_slack_does_not_give_is_the_id(bot: Bot, slack: Slack, clock: Clockwork) -> None:
    slack.refuse["users.info"] = "user_not_found"
    await bot.submit(await open_export(bot, slack), {FORMS_FIELD: ["word"]}, user=BEN)
    await work_off(clock, slack)
    document = docx.Document(io.BytesIO(slack.uploads["saturday-breakfast-club.docx"]))
    assert f"Written by {ANNA.id}" in "\n".join(paragraph.text for paragraph in document.paragraphs)


async def test_one_of_a_template_that_is_gone_is_exported_all_the_same(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork
) -> None:
    await store.case_studies.import_case_study(
        make_study({"a_field_of_old": "Kept words"}, study_id="s3", template_id="an-old-one", title="Old one")
    )
    form = await open_library_export(bot, slack)
    await bot.submit(form, {FORMS_FIELD: ["csv", "markdown", "word"]}, user=BEN)
    await work_off(clock, slack)
    assert len(slack.uploads) == 3
    texts = [slack.uploads[name].decode() for name in names_sent(slack) if not name.endswith("docx")]
    assert all("Kept words" in text for text in texts)


async def test_nothing_ticked_is_said_at_the_field(bot: Bot, slack: Slack) -> None:
    assert (await bot.submit(await open_export(bot, slack), {}, user=BEN))["errors"] == {FORMS_FIELD: NO_FORM}
    form = await open_library_export(bot, slack)
    assert (await bot.submit(form, {}, user=BEN))["errors"] == {FORMS_FIELD: NO_FORM}


async def test_a_canvas_is_made_in_the_channel_that_was_chosen(
    bot: Bot, slack: Slack, clock: Clockwork
) -> None:
    form = await open_export(bot, slack)
    answer = await bot.submit(form, {CANVAS_FIELD: ["canvas"], CANVAS_CHANNEL_FIELD: CHANNEL}, user=BEN)
    assert words_of(answer["view"]["blocks"]).startswith(f"The canvas will be in <#{CHANNEL}> in a moment.")
    assert await work_off(clock, slack) == []
    made = slack.last("canvases.create")
    assert (made["channel_id"], made["title"]) == (CHANNEL, "Saturday breakfast club")
    content = made["document_content"]
    text = (json.loads(content) if isinstance(content, str) else content)["markdown"]
    assert "## Why\n\n### Aims of the activity\n\nTo meet parents who never come to the clinic." in text
    said = slack.last("chat.postMessage")
    assert (said["channel"], said["text"]) == (
        CHANNEL,
        f"<@{BEN.id}> put the case study “Saturday breakfast club” into a canvas in this channel.",
    )


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("free_team_not_allowed", "this workspace's plan has no canvases"),
        ("team_tier_cannot_create_channel_canvases", "this workspace's plan has no canvases in channels"),
        ("canvas_disabled_user_team", "canvases are turned off in this workspace"),
    ],
)
async def test_a_plan_without_canvases_is_said_in_words(
    bot: Bot, slack: Slack, clock: Clockwork, reason: str, words: str
) -> None:
    slack.refuse["canvases.create"] = reason
    form = await open_export(bot, slack)
    await bot.submit(form, {CANVAS_FIELD: ["canvas"], CANVAS_CHANNEL_FIELD: CHANNEL}, user=BEN)
    await work_off(clock, slack)
    (said,) = slack.called("chat.postMessage")
    assert (said["channel"], said["text"]) == (
        BEN.id,
        f"I could not make the canvas: {words}. Export the case study as Word instead: it holds the same.",
    )


async def test_a_canvas_that_was_cut_off_is_never_made_twice(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork
) -> None:
    form = await open_export(bot, slack)
    await bot.submit(form, {CANVAS_FIELD: ["canvas"], CANVAS_CHANNEL_FIELD: CHANNEL}, user=BEN)
    (work,) = await store.work.claim(datetime.now(UTC), 60, 9)
    await clock.do(work)
    (again,) = await store.work.claim(datetime.now(UTC) + timedelta(minutes=2), 60, 9)
    await clock.do(again)
    assert len(slack.called("canvases.create")) == 1
    assert slack.last("chat.postMessage")["text"].startswith("I was interrupted while I made the canvas.")


async def test_a_canvas_waits_while_slack_has_no_time(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork
) -> None:
    slack.refuse["canvases.create"] = "internal_error"
    form = await open_export(bot, slack)
    await bot.submit(form, {CANVAS_FIELD: ["canvas"], CANVAS_CHANNEL_FIELD: CHANNEL}, user=BEN)
    await work_off(clock, slack)
    del slack.refuse["canvases.create"]
    (work,) = await store.work.claim(datetime.now(UTC) + timedelta(minutes=2), 60, 9)
    await clock.do(work)
    assert len(slack.called("canvases.create")) == 2
    assert "into a canvas in this channel" in slack.last("chat.postMessage")["text"]


async def test_a_canvas_needs_a_channel_that_takes_one(bot: Bot, slack: Slack) -> None:
    form = await open_export(bot, slack)
    answer = await bot.submit(form, {CANVAS_FIELD: ["canvas"]}, user=BEN)
    assert answer["errors"] == {CANVAS_CHANNEL_FIELD: NO_CHANNEL}
    slack.answers["conversations.info"] = {"channel": {"id": CHANNEL, "is_member": False}}
    answer = await bot.submit(form, {CANVAS_FIELD: ["canvas"], CANVAS_CHANNEL_FIELD: CHANNEL}, user=BEN)
    assert "/invite @Common Ground there, then press Export again" in answer["errors"][CANVAS_CHANNEL_FIELD]


async def test_people_from_elsewhere_and_drafts_have_no_canvas(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork
) -> None:
    form = await open_export(bot, slack)
    tried = {CANVAS_FIELD: ["canvas"], CANVAS_CHANNEL_FIELD: CHANNEL}
    answer = await bot.submit(form, tried, user=PIA)
    assert "Only people of the workspace that runs Common Ground" in words_of(answer["view"]["blocks"])
    await store.case_studies.withdraw_case_study(TEAM, "s1", reason="Old", by=person(ANNA), at=AT)
    answer = await bot.submit(form, tried, user=ANNA)
    assert "Only a published case study can go into a canvas" in words_of(answer["view"]["blocks"])
    await work_off(clock, slack)
    assert slack.called("canvases.create") == []


async def test_what_is_withdrawn_before_it_is_made_is_said(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork
) -> None:
    form = await open_export(bot, slack)
    await bot.submit(
        form, {FORMS_FIELD: ["word"], CANVAS_FIELD: ["canvas"], CANVAS_CHANNEL_FIELD: CHANNEL}, user=BEN
    )
    await bot.submit(await open_library_export(bot, slack), {FORMS_FIELD: ["csv"]}, user=BEN)
    await store.case_studies.withdraw_case_study(TEAM, "s1", reason="Old", by=person(ANNA), at=AT)
    assert await work_off(clock, slack) == []
    said = sorted(message["text"] for message in slack.called("chat.postMessage"))
    assert (
        said[0] == "Nothing that you asked for is published any more. Open the library to see what there is."
    )
    assert said[1] == said[2]
    assert "“Saturday breakfast club” was withdrawn" in said[1]


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


async def test_too_many_tries_are_given_up_in_words(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork
) -> None:
    await bot.submit(await open_export(bot, slack), {FORMS_FIELD: ["word"]}, user=BEN)
    await bot.submit(await open_library_export(bot, slack), {FORMS_FIELD: ["csv"]}, user=BEN)
    for work in await store.work.claim(datetime.now(UTC), 60, 9):
        await clock.do(replace(work, attempts=9))
    first, second = slack.called("chat.postMessage")
    assert first["text"] == second["text"]
    assert first["text"].startswith("I could not make the files that you asked for, after several tries.")


async def test_files_that_are_not_allowed_are_said(bot: Bot, slack: Slack, clock: Clockwork) -> None:
    slack.refuse["files.getUploadURLExternal"] = "file_uploads_disabled"
    await bot.submit(await open_export(bot, slack), {FORMS_FIELD: ["word"]}, user=BEN)
    await work_off(clock, slack)
    assert slack.last("chat.postMessage")["text"].startswith(
        "I could not send the files that you asked for: this workspace does not allow files. You can read"
    )


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


async def test_nobody_exports_a_draft_that_is_not_theirs(bot: Bot, slack: Slack, clock: Clockwork) -> None:
    form = await open_export(bot, slack)
    assert form.view is not None
    of_draft = Place(form.blocks, view={**form.view, "private_metadata": "s2"})
    answer = await bot.submit(of_draft, {FORMS_FIELD: ["word"]})
    assert "There is no such case study for you to open." in words_of(answer["view"]["blocks"])
    await bot.submit(of_draft, {FORMS_FIELD: ["json"]}, user=BEN)
    (sent,) = await work_off(clock, slack)
    assert "Secret" in sent["initial_comment"]


async def test_what_somebody_wrote_is_no_markup_anywhere(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork
) -> None:
    hard = "<!channel> *x* | # [a](b)"
    study = make_study(study_id="s9", title=hard)
    answers = {**study.answers, "aims": FieldAnswer("aims", f"{hard}\n- {hard}", person(ANNA), AT)}
    await store.case_studies.import_case_study(
        replace(study, answers=answers, published_at=AT + timedelta(1))
    )
    await bot.submit(await open_export(bot, slack), {FORMS_FIELD: ["markdown"]}, user=BEN)
    (sent,) = await work_off(clock, slack)
    assert "“&lt;!channel&gt; *x* | # [a](b)”" in sent["initial_comment"]
    (text,) = (content.decode() for content in slack.uploads.values())
    safe = r"\<\!channel\> \*x\* \| \# \[a\](b)"
    assert text.startswith(f"# {safe}\n")
    assert f"| Aims of the activity | {safe}<br>\\- {safe} |" in text
