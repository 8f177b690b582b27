"""What a channel is told monthly: once, in the morning, and until it cannot be told any more."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.bot.case_studies.digests.monthly import AT, DAY, FIRST, Monthly
from tests.bot.case_studies.examples import HARD
from tests.bot.case_studies.steps import last_view
from tests.slack import ANNA, BEN, CHANNEL, PIA, labels_of, shown_message, words_of

MAY = datetime(2026, 5, 1, 7, tzinfo=UTC)


async def test_what_was_published_since_comes_on_the_first_working_morning(monthly: Monthly) -> None:
    await monthly.publish(1, AT - DAY)
    await monthly.subscribe()
    await monthly.publish(2, words=f" & {HARD}")
    await monthly.publish(3, AT + 2 * DAY)
    await monthly.look(FIRST - timedelta(seconds=1))
    assert await monthly.waiting() == []
    await monthly.look(FIRST)
    (sent,) = await monthly.sent()
    assert sent["channel"] == CHANNEL
    words = words_of(sent["blocks"])
    assert "12 March 2026>: 2 case studies." in words
    assert "Study 1" not in words
    assert words.index("Study 3") < words.index("Study 2")
    assert "• Study 2 &amp; &amp;&lt;&gt;" in sent["text"]
    assert "more" not in sent["text"]
    digest = await monthly.digest()
    assert digest is not None
    assert (digest.since, digest.next_at) == (FIRST, MAY)


async def test_everybody_reads_what_is_listed_and_ours_the_library(monthly: Monthly) -> None:
    await monthly.subscribe()
    await monthly.publish(1)
    await monthly.look(FIRST)
    (sent,) = await monthly.sent()
    message = shown_message(sent)
    await monthly.bot.press(message, "Read", user=PIA)  # somebody of another organisation
    assert monthly.slack.last("views.open")["view"]["title"]["text"] == "Case study"
    await monthly.bot.press(message, "Open the library", user=BEN)
    assert "All case studies" in words_of(last_view(monthly.slack).blocks)
    await monthly.bot.press(message, "Open the library", user=PIA)
    assert "The library belongs to the workspace" in monthly.slack.last("response_url")["text"]


async def test_at_most_ten_titles_and_how_many_more(monthly: Monthly) -> None:
    await monthly.subscribe()
    for number in range(22):
        await monthly.publish(number, AT + DAY + timedelta(minutes=number))
    await monthly.look(FIRST)
    (sent,) = await monthly.sent()
    assert labels_of(sent["blocks"]).count("Read") == 10
    assert "and 12 more" in words_of(sent["blocks"])
    assert sent["text"].endswith("• Study 12\nand 12 more")


async def test_a_month_without_news_has_no_message(monthly: Monthly) -> None:
    await monthly.subscribe()
    await monthly.look(FIRST)
    assert await monthly.waiting() == []
    await monthly.publish(1, FIRST + DAY)
    await monthly.look(MAY)
    assert len(await monthly.waiting()) == 1


async def test_a_long_stop_ends_in_one_message_in_the_day(monthly: Monthly) -> None:
    await monthly.subscribe()
    for month in range(4, 8):
        await monthly.publish(month, datetime(2026, month, 15, tzinfo=UTC))
    await monthly.look("2026-07-18T23:00")  # a Saturday night, three and a half months later
    assert await monthly.waiting() == []
    await monthly.look("2026-07-20T07:00")  # Monday, 08:00 in London
    (sent,) = await monthly.sent()
    assert labels_of(sent["blocks"]).count("Read") == 4
    await monthly.look("2026-07-20T07:05")
    await monthly.look("2026-08-03T07:00")
    assert await monthly.waiting() == []
    digest = await monthly.digest()
    assert digest is not None
    assert digest.next_at == datetime(2026, 9, 1, 7, tzinfo=UTC)


async def test_cut_off_after_it_was_kept_it_is_not_sent_twice(monthly: Monthly) -> None:
    await monthly.subscribe()
    await monthly.publish(1)
    monthly.now.move_to(FIRST)
    (work,) = await monthly.store.work.claim(FIRST, 60, 5)
    await monthly.clockwork.do(work)
    monthly.now.tick(timedelta(minutes=5))
    await monthly.clockwork.do(work)
    await monthly.clockwork.look()
    assert len(await monthly.waiting()) == 1


@pytest.mark.parametrize(
    ("change", "said", "told"),
    [
        ({"channel": {"is_archived": True}}, "the channel has been archived", [ANNA.id]),
        ({"channel": {"is_member": False}}, "Common Ground is not in the channel any more", [ANNA.id]),
        ({"refuse": "channel_not_found"}, "Common Ground is not in the channel any more", [ANNA.id]),
        ({"members": [BEN.id]}, "not in the channel any more", [ANNA.id, CHANNEL]),
        ({"user": {"deleted": True}}, "is not in this workspace any more", [CHANNEL]),
    ],
    ids=["archived", "bot removed", "unknown", "left", "account closed"],
)
async def test_what_cannot_go_on_ends_and_is_told_once(
    monthly: Monthly, change: dict[str, Any], said: str, told: list[str]
) -> None:
    await monthly.subscribe()
    await monthly.publish(1)
    slack = monthly.slack
    if "channel" in change:
        slack.answers["conversations.info"] = {"channel": change["channel"]}
    if "refuse" in change:
        slack.refuse["conversations.info"] = change["refuse"]
    slack.members = change.get("members", slack.members)
    slack.users[ANNA.id] |= change.get("user", {})
    await monthly.look(FIRST)
    await monthly.look(FIRST + timedelta(minutes=5))
    sent = await monthly.sent()
    assert sorted(one["channel"].replace("D0", "U0") for one in sent) == sorted(told)
    assert all(said in one["text"] for one in sent)
    assert await monthly.digest() is None
    assert await monthly.store.work.claim(FIRST + 90 * DAY, 60, 5) == []
    opened = len(slack.called("views.open"))
    await monthly.bot.press(shown_message(sent[0]), "Tell a channel monthly")
    assert len(slack.called("views.open")) == opened + 1


async def test_a_message_that_slack_refuses_ends_it_too(monthly: Monthly) -> None:
    await monthly.subscribe()
    await monthly.publish(1)
    await monthly.look(FIRST)
    monthly.slack.refuse["chat.postMessage"] = "is_archived"
    refused = await monthly.sent()
    assert [one["channel"] for one in refused] == [CHANNEL, f"D0{ANNA.id[2:]}"]
    assert "the channel has been archived" in refused[-1]["text"]
    assert await monthly.digest() is None


async def test_slack_away_for_a_while_ends_nothing(monthly: Monthly) -> None:
    await monthly.subscribe()
    await monthly.publish(1)
    monthly.slack.refuse["conversations.info"] = "internal_error"
    with pytest.raises(Exception, match="internal_error"):  # the clock tries again
        await monthly.look(FIRST)
    del monthly.slack.refuse["conversations.info"]
    await monthly.look(FIRST + timedelta(minutes=5))
    assert len(await monthly.waiting()) == 1


async def test_what_is_withdrawn_leaves_the_message(monthly: Monthly) -> None:
    await monthly.subscribe()
    await monthly.publish(1)
    await monthly.publish(2)
    await monthly.look(FIRST)
    await monthly.sent()
    for number, said in ((1, "1 case study."), (2, "What was listed here has been withdrawn since.")):
        await monthly.withdraw(number)
        await monthly.sent()
        changed = monthly.slack.last("chat.update")
        assert said in changed["text"]
        assert f"Study {number}" not in changed["text"]


async def test_all_withdrawn_before_it_was_sent_is_not_told(monthly: Monthly) -> None:
    await monthly.subscribe()
    await monthly.publish(1)
    await monthly.look(FIRST)
    await monthly.withdraw(1)
    assert await monthly.sent() == []
