"""Finding, reading and sharing what has been published, through the real app."""

import asyncio

import pytest

from bot.delivery.publisher import Publisher
from storage.store import Store
from tests.bot.at_work import at_work
from tests.bot.case_studies.examples import ANNAS, AT, COMPLETE, HARD, make_study
from tests.bot.case_studies.steps import last_view
from tests.slack import (
    ANNA,
    BEN,
    CHANNEL,
    PIA,
    TEAM,
    Bot,
    Json,
    Slack,
    labels_of,
    shown_message,
    shown_view,
    words_of,
)


@pytest.fixture
async def published(store: Store) -> None:
    await store.case_studies.import_case_study(make_study())


async def sent(slack: Slack, method: str) -> Json:
    """The next call of this method."""
    for _ in range(500):
        if slack.called(method):
            break
        await asyncio.sleep(0.02)
    return slack.last(method)


async def share(bot: Bot, slack: Slack, channel: str = CHANNEL) -> Json:
    """Read the only published case study and share it; returns the answer to the form."""
    await bot.command("/casestudy", "list")
    await bot.press(last_view(slack), "Read")
    await bot.press(last_view(slack), "Share to a channel")
    return await bot.submit(last_view(slack), {"channel": channel})


async def test_an_empty_library_says_what_to_do(bot: Bot, slack: Slack) -> None:
    await bot.command("/casestudy", "list")
    blocks = slack.last("views.open")["view"]["blocks"]
    assert "Nothing has been published yet. You could write the first one." in words_of(blocks)
    assert labels_of(blocks) == ["Write a case study"]


async def test_drafts_are_not_in_the_library(bot: Bot, slack: Slack, store: Store) -> None:
    await store.case_studies.import_case_study(make_study(status="draft"))
    await bot.command("/casestudy", "list")
    assert "Nothing has been published yet" in words_of(last_view(slack).blocks)
    await bot.command("/casestudy", "breakfast")
    assert "No published case study has these words" in words_of(last_view(slack).blocks)


@pytest.mark.usefixtures("published")
async def test_words_that_nothing_has_say_so_and_what_to_do(bot: Bot, slack: Slack) -> None:
    await bot.command("/casestudy", f'zebra "AND {HARD}')
    words = words_of(last_view(slack).blocks)
    assert "No published case study has these words. Try fewer words" in words


@pytest.mark.usefixtures("published")
async def test_the_search_field_finds_in_the_same_modal(bot: Bot, slack: Slack) -> None:
    await bot.command("/casestudy", "list")
    answer = await bot.submit(last_view(slack), {"words": " cook   hall "})
    assert answer["response_action"] == "update"
    assert "Saturday breakfast club" in words_of(answer["view"]["blocks"])
    field = answer["view"]["blocks"][0]["element"]
    assert field["initial_value"] == "cook hall"


async def test_the_library_is_turned_page_by_page(bot: Bot, slack: Slack, store: Store) -> None:
    for number in range(12):
        await store.case_studies.import_case_study(make_study(study_id=f"s{number}", title=f"Study {number}"))
    for words, later, earlier in (("list", "Older", "Newer"), ("breakfast", "Next", "Previous")):
        await bot.command("/casestudy", words)
        assert labels_of(last_view(slack).blocks).count("Read") == 10
        await bot.press(last_view(slack), later)
        assert labels_of(last_view(slack).blocks).count("Read") == 2
        await bot.press(last_view(slack), earlier)
        assert labels_of(last_view(slack).blocks).count("Read") == 10


@pytest.mark.usefixtures("published")
async def test_a_colleague_reads_all_of_it(bot: Bot, slack: Slack) -> None:
    await bot.command("/casestudy", "list", user=BEN)
    await bot.press(last_view(slack), "Read", user=BEN)
    view = slack.last("views.push")["view"]
    words = words_of(view["blocks"])
    for value in COMPLETE.values():
        if isinstance(value, str):
            assert value in words
    assert "by <@U0ANNA>, published on <!date^1772443800^{date_long}|2 March 2026>" in words
    assert labels_of(view["blocks"]) == ["Export", "Share to a channel", "History"]


async def test_a_very_long_one_is_read_in_parts(bot: Bot, slack: Slack, store: Store) -> None:
    values = {name: "\U0001f600" * 3_000 for name, value in COMPLETE.items() if isinstance(value, str)}
    await store.case_studies.import_case_study(make_study(values))
    await bot.command("/casestudy", "list")
    await bot.press(last_view(slack), "Read")
    assert "Part 1 of 2" in words_of(last_view(slack).blocks)
    await bot.press(last_view(slack), "Next part")
    assert "Part 2 of 2" in words_of(last_view(slack).blocks)
    await bot.press(last_view(slack), "Earlier part")
    assert "Part 1 of 2" in words_of(last_view(slack).blocks)


@pytest.mark.usefixtures("published")
async def test_a_shared_case_study_becomes_a_card_that_outside_people_open(
    bot: Bot, slack: Slack, store: Store, publisher: Publisher
) -> None:
    slack.answers["conversations.info"] = {"channel": {"id": CHANNEL, "is_member": True}}
    answer = await share(bot, slack)
    assert answer["response_action"] == "update"
    assert f"<#{CHANNEL}>" in words_of(answer["view"]["blocks"])
    message = await store.messages.get_message(TEAM, f"case_study.card:s1:{CHANNEL}")
    assert message is not None
    assert (message.kind, message.subject) == ("case_study.card", "case_study:s1")

    async with at_work(publisher):
        card = await sent(slack, "chat.postMessage")
    assert card["channel"] == CHANNEL
    assert "Saturday breakfast club" in card["text"]
    assert "To meet parents who never come to the clinic." in card["text"]
    assert labels_of(card["blocks"]) == ["Read it all"]

    await bot.press(shown_message(card), "Read it all", user=PIA)
    view = slack.last("views.open")["view"]
    assert "Thirty families a month." in words_of(view["blocks"])
    assert labels_of(view["blocks"]) == ["Export", "History"]


@pytest.mark.usefixtures("published")
async def test_a_card_follows_its_case_study(
    bot: Bot, slack: Slack, store: Store, publisher: Publisher
) -> None:
    slack.answers["conversations.info"] = {"channel": {"id": CHANNEL, "is_member": True}}
    await share(bot, slack)
    async with at_work(publisher):
        await sent(slack, "chat.postMessage")
        changed = {"activity": "Sunday club"}
        await store.case_studies.save_fields(
            TEAM, "s1", changed, author=ANNAS.person, title_field="activity", at=AT
        )
        assert "Sunday club" in (await sent(slack, "chat.update"))["text"]


@pytest.mark.usefixtures("published")
async def test_a_channel_without_the_bot_is_refused_at_the_field(
    bot: Bot, slack: Slack, store: Store
) -> None:
    refusals = []
    slack.answers["conversations.info"] = {"channel": {"id": CHANNEL, "is_member": False}}
    refusals.append(await share(bot, slack))
    slack.refuse["conversations.info"] = "channel_not_found"
    refusals.append(await share(bot, slack))
    for answer in refusals:
        assert answer["response_action"] == "errors"
        assert "/invite @Common Ground" in answer["errors"]["channel"]
    assert await store.messages.dirty_messages() == []


@pytest.mark.usefixtures("published")
async def test_an_archived_channel_is_refused_at_the_field(bot: Bot, slack: Slack) -> None:
    slack.answers["conversations.info"] = {"channel": {"is_member": True, "is_archived": True}}
    answer = await share(bot, slack)
    assert answer["errors"] == {"channel": "That channel has been archived. Choose another."}


@pytest.mark.usefixtures("published")
async def test_no_channel_is_refused_at_the_field(bot: Bot, slack: Slack) -> None:
    assert (await share(bot, slack, ""))["errors"] == {"channel": "Choose a channel."}


@pytest.mark.usefixtures("published")
async def test_a_card_that_stands_in_a_channel_is_not_put_there_twice(
    bot: Bot, slack: Slack, store: Store
) -> None:
    slack.answers["conversations.info"] = {"channel": {"is_member": True}}
    await share(bot, slack)
    await store.messages.record_sent(TEAM, f"case_study.card:s1:{CHANNEL}", 1, "1.1")
    assert "in that channel already" in (await share(bot, slack))["errors"]["channel"]


@pytest.mark.usefixtures("published")
async def test_a_card_that_slack_refused_is_tried_again_when_shared_again(
    bot: Bot, slack: Slack, store: Store
) -> None:
    slack.answers["conversations.info"] = {"channel": {"is_member": True}}
    await share(bot, slack)
    await store.messages.record_unsendable(TEAM, f"case_study.card:s1:{CHANNEL}", 1, "not_in_channel")
    assert await store.messages.dirty_messages() == []
    assert (await share(bot, slack))["response_action"] == "update"
    assert [message.version for message in await store.messages.dirty_messages()] == [2]


async def test_home_shows_drafts_with_what_is_missing_and_the_ways_in(
    bot: Bot, slack: Slack, store: Store, publisher: Publisher
) -> None:
    await store.case_studies.create_case_study(
        make_study({"organization": "Larkfield"}, status="draft", title="")
    )
    home = {"type": "app_home_opened", "user": ANNA.id, "tab": "home", "channel": "D1"}
    await bot.event(home)
    async with at_work(publisher):
        view = (await sent(slack, "views.publish"))["view"]
    words = words_of(view["blocks"])
    assert "Untitled case study" in words
    assert "Still missing: Multi-agency activity, Aims of the activity" in words
    for label, shown in (
        ("Go on", "1 of 3 answered"),
        ("Write a case study", "Sharing good practice"),
        ("Read case studies", "Nothing has been published yet"),
    ):
        await bot.press(shown_view(view), label)
        assert shown in words_of(slack.last("views.open")["view"]["blocks"])


async def test_home_with_many_drafts_leads_to_all_of_them(
    bot: Bot, slack: Slack, store: Store, publisher: Publisher
) -> None:
    for number in range(50):
        await store.case_studies.create_case_study(make_study(study_id=f"s{number}", status="draft"))
    await bot.event({"type": "app_home_opened", "user": ANNA.id, "tab": "home", "channel": "D1"})
    async with at_work(publisher):
        view = (await sent(slack, "views.publish"))["view"]
    assert labels_of(view["blocks"]).count("Go on") == 10
    await bot.press(shown_view(view), "All your drafts")
    assert labels_of(last_view(slack).blocks).count("Go on") == 10
    assert "More drafts" in labels_of(last_view(slack).blocks)
