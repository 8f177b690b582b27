"""Sharing a card: in the channel where it was asked for, or in one to be chosen."""

import asyncio

import pytest

from knowledge.model import Library
from tests.slack import (
    ANNA,
    BEN,
    CHANNEL,
    DIRECT_MESSAGE,
    PIA,
    Bot,
    Place,
    Slack,
    find_action,
    labels_of,
    shown_message,
    shown_view,
    words_of,
)


async def private_card(bot: Bot, channel: str = CHANNEL) -> Place:
    """The private answer to /strategies trust-2."""
    return shown_message(await bot.command("/strategies", "trust-2", channel=channel), channel, private=True)


async def channel_form(bot: Bot, slack: Slack) -> Place:
    """The form that asks for a channel, opened from a card in a modal."""
    found = await bot.submit(await find_form(bot, slack), {"question": "trust-2"})
    await bot.press(shown_view(found["view"]), "Share in a channel")
    return shown_view(slack.last("views.push")["view"])


async def find_form(bot: Bot, slack: Slack) -> Place:
    home = Place([], view={"id": "VHOME", "type": "home", "team_id": "T0HOME", "blocks": []})
    await bot.act(home, {"type": "button", "action_id": "strategies.find.open", "block_id": "b"})
    return shown_view(slack.last("views.open")["view"])


async def test_a_shared_card_shows_the_strategy_its_source_and_who_shared_it(
    bot: Bot, slack: Slack, library: Library
) -> None:
    await bot.press(await private_card(bot), "Share here", BEN)
    posted = slack.last("chat.postMessage")
    strategy = library.strategy("trust-2")
    assert strategy
    assert posted["channel"] == CHANNEL
    assert "thread_ts" not in posted
    for words in (words_of(posted["blocks"]), posted["text"]):
        assert "<@U0BEN> shared a strategy" in words
        assert strategy.title in words
        assert strategy.text in words
        assert f"Source: {strategy.source}" in words
        assert "trust-2" in words
    assert labels_of(posted["blocks"]) == ["More like this", "Save"]


async def test_after_sharing_the_private_card_says_so_and_cannot_share_again(bot: Bot, slack: Slack) -> None:
    await bot.press(await private_card(bot), "Share here")
    shown = slack.last("response_url")
    assert shown["replace_original"] is True
    assert "*Shared.*" in words_of(shown["blocks"])
    assert labels_of(shown["blocks"]) == ["Save", "Related", "Back"]


async def test_pressing_twice_at_once_posts_once(bot: Bot, slack: Slack) -> None:
    card = await private_card(bot)
    await asyncio.gather(bot.press(card, "Share here"), bot.press(card, "Share here"))
    assert len(slack.called("chat.postMessage")) == 1
    assert all("*Shared.*" in words_of(shown["blocks"]) for shown in slack.called("response_url"))


async def test_two_answers_can_both_be_shared(bot: Bot, slack: Slack) -> None:
    for _ in range(2):
        await bot.press(await private_card(bot), "Share here")
    assert len(slack.called("chat.postMessage")) == 2


async def test_a_card_asked_for_in_a_thread_is_shared_in_the_thread(bot: Bot, slack: Slack) -> None:
    card = await private_card(bot)
    in_thread = Place(card.blocks, CHANNEL, private=True, thread_ts="1700000000.000001")
    await bot.press(in_thread, "Share here")
    assert slack.last("chat.postMessage")["thread_ts"] == "1700000000.000001"


@pytest.mark.parametrize("reason", ["not_in_channel", "channel_not_found"])
async def test_where_the_bot_is_no_member_the_whole_channel_still_sees_it(
    bot: Bot, slack: Slack, reason: str
) -> None:
    slack.refuse["chat.postMessage"] = reason
    await bot.press(await private_card(bot), "Share here")
    shared, shown = slack.called("response_url")
    assert shared["response_type"] == "in_channel"
    assert shared["replace_original"] is False
    assert "<@U0ANNA> shared a strategy" in shared["text"]
    assert shown["replace_original"] is True
    assert "*Shared.*" in words_of(shown["blocks"])


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("is_archived", "That channel is archived"),
        ("restricted_action", "Only some people may post"),
        ("fatal_error", "Something went wrong on our side"),
    ],
)
async def test_a_refusal_is_told_in_words_and_the_card_can_be_shared_later(
    bot: Bot, slack: Slack, reason: str, words: str
) -> None:
    slack.refuse["chat.postMessage"] = reason
    card = await private_card(bot)
    await bot.press(card, "Share here")
    assert words in words_of(slack.last("response_url")["blocks"])
    assert slack.last("response_url")["replace_original"] is False

    del slack.refuse["chat.postMessage"]
    await bot.press(card, "Share here")
    assert len(slack.called("chat.postMessage")) == 2
    assert "*Shared.*" in words_of(slack.last("response_url")["blocks"])


@pytest.mark.parametrize("person", [ANNA, PIA])
async def test_anybody_gets_more_like_a_shared_card_in_private(
    bot: Bot, slack: Slack, person: object
) -> None:
    await bot.press(await private_card(bot), "Share here")
    posted = shown_message(slack.last("chat.postMessage"))
    assert isinstance(person, type(ANNA))
    await bot.press(posted, "More like this", person)
    shown = slack.last("response_url")
    assert shown["response_type"] == "ephemeral"
    assert shown["replace_original"] is False
    assert "Related to “" in words_of(shown["blocks"])
    await bot.press(shown_message(shown, private=True), "Show", person)
    card = shown_message(slack.last("response_url"), private=True)
    await bot.press(card, "Share here", person)
    assert f"<@{person.id}> shared a strategy" in slack.last("chat.postMessage")["text"]


async def test_in_a_direct_message_a_card_asks_for_a_channel(bot: Bot, slack: Slack) -> None:
    card = await private_card(bot, DIRECT_MESSAGE)
    assert labels_of(card.blocks) == ["Share in a channel", "Save", "Related", "Back"]
    await bot.press(card, "Share in a channel")
    form = shown_view(slack.last("views.open")["view"])
    answer = await bot.submit(form, {"channel": "C0OTHER"})
    assert slack.last("chat.postMessage")["channel"] == "C0OTHER"
    assert answer["response_action"] == "update"
    assert "*Shared* in <#C0OTHER>." in words_of(answer["view"]["blocks"])


async def test_from_app_home_a_card_asks_for_a_channel(bot: Bot, slack: Slack) -> None:
    form = await channel_form(bot, slack)
    assert form.blocks[1]["element"]["type"] == "conversations_select"
    await bot.submit(form, {"channel": CHANNEL}, BEN)
    posted = slack.last("chat.postMessage")
    assert posted["channel"] == CHANNEL
    assert "<@U0BEN> shared a strategy" in posted["text"]


async def test_submitting_the_channel_twice_posts_once(bot: Bot, slack: Slack) -> None:
    form = await channel_form(bot, slack)
    await asyncio.gather(bot.submit(form, {"channel": CHANNEL}), bot.submit(form, {"channel": CHANNEL}))
    assert len(slack.called("chat.postMessage")) == 1


async def test_a_channel_without_the_bot_is_a_field_error_that_says_what_to_do(
    bot: Bot, slack: Slack
) -> None:
    slack.refuse["chat.postMessage"] = "not_in_channel"
    form = await channel_form(bot, slack)
    answer = await bot.submit(form, {"channel": CHANNEL})
    assert answer["response_action"] == "errors"
    assert "/invite @Common Ground" in answer["errors"]["channel"]

    del slack.refuse["chat.postMessage"]
    assert (await bot.submit(form, {"channel": CHANNEL}))["response_action"] == "update"


async def test_a_chosen_channel_without_the_bot_is_reached_by_the_address_that_slack_gives(
    bot: Bot, slack: Slack
) -> None:
    slack.refuse["chat.postMessage"] = "not_in_channel"
    given = [{"response_url": slack.response_url(), "channel_id": CHANNEL, "block_id": "channel"}]
    answer = await bot.submit(await channel_form(bot, slack), {"channel": CHANNEL}, response_urls=given)
    assert answer["response_action"] == "update"
    assert slack.last("response_url")["response_type"] == "in_channel"


async def test_an_address_that_has_run_out_is_told_as_an_invitation(bot: Bot, slack: Slack) -> None:
    slack.refuse["chat.postMessage"] = "not_in_channel"
    slack.refuse["response_url"] = "expired_url"
    given = [{"response_url": slack.response_url(), "channel_id": CHANNEL, "block_id": "channel"}]
    answer = await bot.submit(await channel_form(bot, slack), {"channel": CHANNEL}, response_urls=given)
    assert "/invite @Common Ground" in answer["errors"]["channel"]


async def test_a_card_that_was_taken_out_cannot_be_shared(bot: Bot, slack: Slack) -> None:
    card = await private_card(bot)
    action = {**find_action(card.blocks, "Share here"), "value": "gone-1"}
    await bot.act(card, action)
    assert slack.called("chat.postMessage") == []
    assert "There is no strategy gone-1 any more" in words_of(slack.last("response_url")["blocks"])


NOTE = "look at <!channel> & *this*"


async def note_form(bot: Bot, slack: Slack, card: Place) -> Place:
    await bot.press(card, "Share with a note")
    return shown_view(slack.last("views.open")["view"])


async def test_a_note_is_shown_above_the_card_and_is_never_markup(bot: Bot, slack: Slack) -> None:
    form = await note_form(bot, slack, await private_card(bot))
    answer = await bot.submit(form, {"note": NOTE})
    posted = slack.last("chat.postMessage")
    shown = posted["blocks"][1]["text"]
    assert (shown["type"], shown["text"]) == ("plain_text", f"“{NOTE}”")
    assert "look at &lt;!channel&gt; &amp; *this*" in posted["text"]
    assert "<!channel>" not in posted["text"]
    assert "<@U0ANNA> shared a strategy" in posted["text"]
    assert answer["response_action"] == "update"
    assert f"*Shared* in <#{CHANNEL}>." in words_of(answer["view"]["blocks"])


async def test_a_note_may_be_left_out(bot: Bot, slack: Slack) -> None:
    await bot.submit(await note_form(bot, slack, await private_card(bot)), {})
    assert "“" not in words_of(slack.last("chat.postMessage")["blocks"][:2])


async def test_after_sharing_with_a_note_the_private_card_says_so(bot: Bot, slack: Slack) -> None:
    await bot.submit(await note_form(bot, slack, await private_card(bot)), {"note": NOTE})
    shown = slack.last("response_url")
    assert (shown["replace_original"], shown["response_type"]) == (True, "ephemeral")
    assert "*Shared.*" in words_of(shown["blocks"])
    assert "Share here" not in labels_of(shown["blocks"])


async def test_a_note_goes_into_the_thread_where_it_was_asked(bot: Bot, slack: Slack) -> None:
    card = await private_card(bot)
    in_thread = Place(card.blocks, CHANNEL, private=True, thread_ts="1700000000.000001")
    await bot.submit(await note_form(bot, slack, in_thread), {"note": NOTE})
    assert slack.last("chat.postMessage")["thread_ts"] == "1700000000.000001"


async def test_a_note_that_is_sent_twice_is_posted_once(bot: Bot, slack: Slack) -> None:
    form = await note_form(bot, slack, await private_card(bot))
    await asyncio.gather(bot.submit(form, {"note": NOTE}), bot.submit(form, {"note": NOTE}))
    assert len(slack.called("chat.postMessage")) == 1


async def test_a_note_reaches_a_channel_without_the_bot_by_the_address_that_slack_gave(
    bot: Bot, slack: Slack
) -> None:
    slack.refuse["chat.postMessage"] = "not_in_channel"
    await bot.submit(await note_form(bot, slack, await private_card(bot)), {"note": NOTE})
    shared, shown = slack.called("response_url")
    assert shared["response_type"] == "in_channel"
    assert NOTE in words_of(shared["blocks"])
    assert "*Shared.*" in words_of(shown["blocks"])


async def test_a_refused_note_is_kept_and_told_beside_the_field(bot: Bot, slack: Slack) -> None:
    slack.refuse["chat.postMessage"] = "is_archived"
    form = await note_form(bot, slack, await private_card(bot))
    answer = await bot.submit(form, {"note": NOTE})
    assert "That channel is archived" in answer["errors"]["note"]
    assert slack.called("response_url") == []
    slack.refuse.clear()
    assert (await bot.submit(form, {"note": NOTE}))["response_action"] == "update"


async def test_a_chosen_channel_gets_the_note_too(bot: Bot, slack: Slack) -> None:
    await bot.submit(await channel_form(bot, slack), {"channel": CHANNEL, "note": NOTE})
    assert NOTE in words_of(slack.last("chat.postMessage")["blocks"])


async def test_a_card_that_was_taken_out_takes_no_note(bot: Bot, slack: Slack) -> None:
    card = await private_card(bot)
    await bot.act(card, {**find_action(card.blocks, "Share with a note"), "value": "gone-1"})
    assert slack.called("views.open") == []
    assert "There is no strategy gone-1 any more" in words_of(slack.last("response_url")["blocks"])


async def test_a_card_that_was_taken_out_asks_for_no_channel(bot: Bot, slack: Slack) -> None:
    card = await private_card(bot, DIRECT_MESSAGE)
    await bot.act(card, {**find_action(card.blocks, "Share in a channel"), "value": "gone-1"})
    assert slack.called("views.open") == []
    assert "There is no strategy gone-1." in words_of(slack.last("response_url")["blocks"])
