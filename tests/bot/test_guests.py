"""Guests answer what others started; at every door that starts something they are told who can."""

from collections.abc import Awaitable, Callable

import pytest

from bot import case_studies, ranking
from bot.case_studies import ids as studies
from bot.guests import GUESTS_TAKE_PART
from bot.handover import RANK_STRATEGIES, SAVED, WRITE_ABOUT
from bot.ranking import ids as rankings
from bot.settings import Settings
from storage.store import Store
from tests.bot.ranking.running import RANKING, Run
from tests.slack import ANNA, BEN, CHANNEL, TEAM, Bot, Json, Place, Slack, User, shown_view

GUEST = User("U0GUEST")
MESSAGE = {"ts": "1700000000.000100", "text": "- Time\n- Trust\n- Tea", "user": ANNA.id}
WAYS: list[Json] = [{"is_restricted": True}, {"is_restricted": True, "is_ultra_restricted": True}]


def pressing(action_id: str, value: str = "") -> Callable[[Bot], Awaitable[object]]:
    action = {"type": "button", "block_id": "b", "action_id": action_id, "value": value}
    return lambda bot: bot.act(Place([], channel=CHANNEL), action, GUEST)


def sending(callback_id: str) -> Callable[[Bot], Awaitable[object]]:
    title = {"type": "plain_text", "text": "A form"}
    form = shown_view({"type": "modal", "title": title, "blocks": [], "callback_id": callback_id})
    return lambda bot: bot.submit(form, {}, GUEST)


DOORS: dict[str, Callable[[Bot], Awaitable[object]]] = {
    "/rank": lambda bot: bot.command("/rank", user=GUEST),
    rankings.OPEN_SETUP: pressing(rankings.OPEN_SETUP),
    RANK_STRATEGIES: pressing(RANK_STRATEGIES, SAVED),
    rankings.LIST_MESSAGE: lambda bot: bot.message_shortcut(rankings.LIST_MESSAGE, MESSAGE, user=GUEST),
    rankings.SEND_SETUP: sending(rankings.SEND_SETUP),
    rankings.START: sending(rankings.START),
    studies.BEGIN: pressing(studies.BEGIN, "good-practice"),
    studies.MESSAGE_SHORTCUT: lambda bot: bot.message_shortcut(studies.MESSAGE_SHORTCUT, MESSAGE, user=GUEST),
    WRITE_ABOUT: pressing(WRITE_ABOUT, RANKING),
    studies.BEGIN_WITH_QUOTE: sending(studies.BEGIN_WITH_QUOTE),
}


def test_every_door_has_its_line() -> None:
    assert set(DOORS) == {*ranking.STARTS, *case_studies.STARTS}


@pytest.mark.parametrize("how", WAYS, ids=["many channels", "one channel"])
@pytest.mark.parametrize("door", DOORS)
async def test_a_guest_is_told_who_can_start_it(bot: Bot, slack: Slack, door: str, how: Json) -> None:
    slack.users[GUEST.id] = how
    answer = await DOORS[door](bot)
    assert GUESTS_TAKE_PART in f"{answer} {slack.calls}"


async def test_somebody_who_belongs_there_comes_in(bot: Bot, slack: Slack, store: Store) -> None:
    slack.users[BEN.id] = {"is_restricted": False}
    await bot.command("/rank", user=BEN)
    assert GUESTS_TAKE_PART not in str(slack.calls)
    assert slack.called("views.open")


async def test_a_guest_answers_what_others_started(
    store: Store, bot: Bot, slack: Slack, settings: Settings
) -> None:
    run = Run(store, bot, slack, settings)
    slack.users[GUEST.id] = {"is_restricted": True}
    await run.begin_discard([ANNA, BEN, GUEST])
    await bot.press(await run.board(), "Name one to drop", GUEST)
    question = shown_view(slack.last("views.open")["view"])
    await bot.press(question, "Rather not say", GUEST)
    await bot.press(shown_view(slack.last("views.update")["view"]), "Drop this", GUEST)
    (answer,) = await store.rankings.list_answers(TEAM, RANKING, (await run.stage()).seq)
    assert answer.complete


async def test_a_guest_lists_rankings_and_looks_things_up(bot: Bot, slack: Slack) -> None:
    slack.users[GUEST.id] = {"is_restricted": True}
    for command, text in (("/rank", "list"), ("/strategies", "trust"), ("/casestudy", "")):
        assert GUESTS_TAKE_PART not in str(await bot.command(command, text, GUEST))
    assert not slack.called("users.info")
