"""Both sides of a shared channel have the app: what happens there may be told in the name of each."""

from dataclasses import replace
from typing import Any

import pytest

from bot.ranking import ids
from storage.records.messages import Message
from storage.records.rankings import Ranking, Stage
from tests.bot.other_workspaces.two_workspaces import away_bot
from tests.bot.ranking.running import Run, person
from tests.slack import (
    ANNA,
    BEN,
    BOT_TOKEN,
    CHANNEL,
    PARTNER_TEAM,
    PIA,
    TEAM,
    Bot,
    Slack,
    mention_event,
)

THEIRS = "theirs"


def happens(kind: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "channel": CHANNEL, "event_ts": "1.0", **more}


@pytest.fixture
async def both(run: Run) -> Run:
    """Each side runs a ranking in the channel, with the same people."""
    await run.begin_discard()
    ours = await run.ranking()
    theirs = replace(ours, workspace_id=PARTNER_TEAM, id=THEIRS, facilitator=person(PIA))
    board = Message(PARTNER_TEAM, ids.board_id(THEIRS), ids.BOARD_KIND, ids.subject(THEIRS), CHANNEL)
    stage = Stage(THEIRS, 1, "discard", tuple(item.id for item in ours.items), ours.created_at)
    await run.store.rankings.create_ranking(theirs, stage, [board])
    return run


async def their_ranking(run: Run) -> Ranking:
    found = await run.store.rankings.get_ranking(PARTNER_TEAM, THEIRS)
    assert found
    return found


async def tell_both(run: Run, event: dict[str, Any]) -> None:
    """Twice each: Slack repeats what was not acknowledged in time."""
    for bot in (run.bot, away_bot(run.bot)) * 2:
        assert (await bot.event(event)).status == 200


async def test_who_leaves_takes_no_more_part_on_either_side_and_each_says_so_once(both: Run) -> None:
    await tell_both(both, happens("member_left_channel", user=BEN.id, team=TEAM))
    for ranking in (await both.ranking(), await their_ranking(both)):
        assert ranking.active == (person(ANNA), person(PIA))
        events = await both.store.rankings.list_events(ranking.workspace_id, ranking.id)
        assert [event.kind for event in events] == ["left"]


async def test_what_is_told_to_one_side_changes_nothing_on_the_other(both: Run) -> None:
    await both.bot.event(happens("channel_archive", user=ANNA.id))
    assert (await both.ranking()).paused_at
    assert (await their_ranking(both)).paused_at is None


async def test_each_side_parts_from_the_people_of_the_other(both: Run) -> None:
    for bot, former in ((both.bot, PARTNER_TEAM), (away_bot(both.bot), TEAM)):
        unshared = happens("channel_unshared", previously_connected_team_id=former, is_ext_shared=False)
        await bot.event(unshared)
    assert (await both.ranking()).active == (person(ANNA), person(BEN))
    assert (await their_ranking(both)).active == (person(PIA),)


async def test_the_channels_new_id_is_followed_on_both_sides(both: Run) -> None:
    moved = {"type": "channel_id_changed", "old_channel_id": CHANNEL, "new_channel_id": "C0SHARED"}
    await tell_both(both, moved)
    for ranking in (await both.ranking(), await their_ranking(both)):
        assert ranking.channel_id == "C0SHARED"


async def test_the_bot_that_was_mentioned_answers_and_the_other_is_silent(bot: Bot, slack: Slack) -> None:
    event = mention_event("people keep leaving", PIA, user_team=PARTNER_TEAM)
    for one in (away_bot(bot), bot):
        await one.event(event)
    (answer,) = [call for call in slack.calls if call.method == "chat.postMessage"]
    assert answer.token == BOT_TOKEN
