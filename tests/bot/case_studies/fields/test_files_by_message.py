"""Files that people ask for arrive in their direct messages, and nowhere else."""

import asyncio
import csv
import io
import json

import docx
import pytest

from storage.store import Store
from tests.bot.case_studies.examples import make_study, person
from tests.bot.case_studies.steps import last_view
from tests.slack import ANNA, BEN, PIA, Bot, Slack, words_of

DIRECT = "D0BEN"


@pytest.fixture(autouse=True)
async def published(store: Store, slack: Slack) -> None:
    await store.case_studies.import_case_study(make_study())
    await store.case_studies.create_case_study(
        make_study(study_id="s2", status="draft", title="Secret", owner=person(BEN))
    )
    slack.answers["conversations.open"] = {"channel": {"id": DIRECT}}
    slack.answers["users.info"] = {"user": {"id": ANNA.id, "profile": {"real_name": "Anna Example"}}}


async def completed(slack: Slack, method: str = "files.completeUploadExternal") -> None:
    for _ in range(500):
        if slack.called(method):
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"{method} was not called; there were {[call.method for call in slack.calls]}")


async def ask_for_word(bot: Bot, slack: Slack) -> None:
    await bot.command("/casestudy", "list", user=BEN)
    await bot.press(last_view(slack), "Read", user=BEN)
    await bot.press(last_view(slack), "Send me a Word file", user=BEN)


async def test_one_case_study_comes_as_a_word_file(bot: Bot, slack: Slack) -> None:
    await ask_for_word(bot, slack)
    assert "comes to you as a direct message from Common Ground" in words_of(last_view(slack).blocks)
    await completed(slack)
    assert slack.last("conversations.open")["users"] == BEN.id
    sent = slack.last("files.completeUploadExternal")
    assert sent["channel_id"] == DIRECT
    assert sent["initial_comment"].startswith("Here is the case study")
    document = docx.Document(io.BytesIO(slack.uploads["saturday-breakfast-club.docx"]))
    assert "Written by Anna Example" in "\n".join(paragraph.text for paragraph in document.paragraphs)


async def test_a_name_that_slack_does_not_give_is_the_id(bot: Bot, slack: Slack) -> None:
    slack.refuse["users.info"] = "user_not_found"
    await ask_for_word(bot, slack)
    await completed(slack)
    document = docx.Document(io.BytesIO(slack.uploads["saturday-breakfast-club.docx"]))
    assert f"Written by {ANNA.id}" in "\n".join(paragraph.text for paragraph in document.paragraphs)


async def test_all_come_as_csv_and_json_without_drafts(bot: Bot, slack: Slack) -> None:
    await bot.command("/casestudy", "list", user=BEN)
    await bot.press(last_view(slack), "Export all", user=BEN)
    assert "Two files come to you as a direct message" in words_of(last_view(slack).blocks)
    await completed(slack)
    by_kind = {name.rsplit(".", 1)[1]: content.decode() for name, content in slack.uploads.items()}
    assert [one["id"] for one in json.loads(by_kind["json"])["case_studies"]] == ["s1"]
    (row,) = csv.DictReader(io.StringIO(by_kind["csv"].removeprefix("\ufeff")))
    assert (row["id"], row["written by"]) == ("s1", "Anna Example")
    assert slack.last("files.completeUploadExternal")["channel_id"] == DIRECT


async def test_a_file_that_cannot_be_sent_is_said_with_a_reference(bot: Bot, slack: Slack) -> None:
    slack.refuse["files.getUploadURLExternal"] = "internal_error"
    await ask_for_word(bot, slack)
    for _ in range(500):
        if slack.called("chat.postMessage"):
            break
        await asyncio.sleep(0.02)
    said = slack.last("chat.postMessage")
    assert said["channel"] == BEN.id
    assert said["text"].startswith("The file could not be sent. Something went wrong on our side")
    assert "this reference: " in said["text"]


async def test_a_refused_press_is_said_once(bot: Bot, slack: Slack) -> None:
    await bot.command("/casestudy", "list")
    await bot.press(last_view(slack), "Export all", user=PIA)
    assert "The library belongs to the workspace" in words_of(last_view(slack).blocks)
    await asyncio.sleep(0.2)  # time for the sending, which is begun all the same, to say something
    assert slack.called("chat.postMessage") == []
