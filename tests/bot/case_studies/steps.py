"""What somebody writing a case study does, step by step."""

from bot.case_studies import ids, message_ids
from storage.records.messages import Message
from storage.store import Store
from tests.slack import CHANNEL, TEAM, Bot, Json, Place, Slack, shown_view


def last_view(slack: Slack) -> Place:
    return shown_view(slack.last("views.open", "views.update", "views.push")["view"])


def on_top(slack: Slack, below: Place) -> Place:
    """The view pushed last, lying on another."""
    assert below.view is not None
    stack = {"previous_view_id": below.view["id"], "root_view_id": below.view["id"]}
    return shown_view({**slack.last("views.push")["view"], **stack})


async def begin(bot: Bot, slack: Slack, nth: int = 0) -> Place:
    await bot.command("/casestudy")
    await bot.press(last_view(slack), "Start", nth=nth)
    return last_view(slack)


async def write(bot: Bot, slack: Slack, overview: Place, nth: int, values: Json) -> Json:
    await bot.press(overview, "Write", nth=nth)
    return await bot.submit(on_top(slack, overview), values)


async def post_card(store: Store) -> None:
    """The case study `s1` has been shared and stands in a channel."""
    card = Message(
        TEAM, message_ids.card_id("s1", CHANNEL), ids.CARD_KIND, message_ids.subject("s1"), CHANNEL
    )
    await store.messages.add_message(card)
    await store.messages.record_sent(TEAM, card.id, card.version, "17.5")
