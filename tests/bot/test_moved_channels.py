"""A private channel that is shared with a partner gets another id: the ranking in it goes on."""

from bot.settings import Settings
from storage.store import Store
from tests.bot.ranking.running import Run
from tests.slack import BEN, CHANNEL, Bot, Slack


async def test_a_ranking_goes_on_in_the_channel_with_its_new_id(
    store: Store, bot: Bot, slack: Slack, settings: Settings
) -> None:
    run = Run(store, bot, slack, settings)
    await run.begin_discard()
    moved = {"type": "channel_id_changed", "old_channel_id": CHANNEL, "new_channel_id": "C0SHARED"}
    await bot.event(moved)
    assert (await run.ranking()).channel_id == "C0SHARED"
    assert {one.channel_id for one in await store.messages.dirty_messages() if "ranking" in one.id} == {
        "C0SHARED"
    }
    await run.answer(BEN)
    await bot.event({"type": "channel_archive", "channel": CHANNEL})
    assert (await run.ranking()).paused_at is None, "nothing is there under the old id"
