"""One case study exported comes in the direct messages of whoever asked, and nowhere else."""

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import docx
import pytest

from bot.case_studies.exports.archive import check_archive, read_archive
from bot.case_studies.exports.listeners import NO_FORM
from bot.case_studies.ids import CANVAS_CHANNEL_FIELD, CANVAS_FIELD, FORMS_FIELD
from storage.records.case_studies import FieldAnswer
from storage.store import Store
from tests.bot.case_studies.clockwork import Clockwork
from tests.bot.case_studies.examples import AT, make_study, person
from tests.bot.case_studies.exports.exporting import (
    DIRECT,
    names_sent,
    open_export,
    open_library_export,
    work_off,
)
from tests.slack import ANNA, BEN, CHANNEL, TEAM, Bot, Place, Slack, User, words_of

pytestmark = pytest.mark.usefixtures("published")


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
