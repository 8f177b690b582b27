"""A channel that Slack gave another id: all that is kept of it follows, in this workspace alone."""

from datetime import timedelta

from storage.records.digests import Digest
from storage.store import Store
from tests.storage.examples import AMINA, START, WORKSPACE, a_message, a_ranking, a_stage, minutes

OLD, NEW = "G0OLD", "C0NEW"
ELSEWHERE = "T0MOORSIDE"
LATER = START + timedelta(days=40)


async def keep(store: Store, workspace_id: str) -> None:
    message = a_message(workspace_id=workspace_id, channel_id=OLD)
    ranking = a_ranking(workspace_id=workspace_id, channel_id=OLD)
    await store.rankings.create_ranking(ranking, a_stage(), [message])
    due = START + timedelta(days=30)
    await store.digests.subscribe(Digest(workspace_id, OLD, AMINA, START, due))


async def kept(store: Store, workspace_id: str) -> set[str]:
    rankings = await store.rankings.list_rankings(workspace_id)
    messages = [one for one in await store.messages.dirty_messages() if one.workspace_id == workspace_id]
    digests = [await store.digests.get_digest(workspace_id, channel_id) for channel_id in (OLD, NEW)]
    assert rankings
    assert messages
    assert any(digests)
    return {
        *(one.channel_id for one in rankings),
        *(one.channel_id for one in messages),
        *(one.channel_id for one in digests if one),
    }


async def test_everything_follows_and_its_work_is_done_once(store: Store) -> None:
    await keep(store, WORKSPACE)
    await keep(store, ELSEWHERE)
    for _ in range(2):
        await store.channels.move(WORKSPACE, OLD, NEW, minutes(1))
    assert await kept(store, WORKSPACE) == {NEW}
    assert await kept(store, ELSEWHERE) == {OLD}
    works = await store.work.claim(LATER, 60, 10)
    assert {(work.workspace_id, work.subject) for work in works} == {(WORKSPACE, NEW), (ELSEWHERE, OLD)}


async def test_what_could_not_be_sent_there_is_tried_again(store: Store) -> None:
    await keep(store, WORKSPACE)
    (message,) = await store.messages.dirty_messages()
    await store.messages.record_unsendable(WORKSPACE, message.id, message.version, "channel_not_found")
    assert await store.messages.dirty_messages() == []
    await store.channels.move(WORKSPACE, OLD, NEW, minutes(1))
    (again,) = await store.messages.dirty_messages()
    assert again.channel_id == NEW


async def test_a_channel_that_is_told_already_under_its_new_id_stays_so(store: Store) -> None:
    await keep(store, WORKSPACE)
    await store.digests.subscribe(Digest(WORKSPACE, NEW, AMINA, START, START + timedelta(days=9)))
    await store.channels.move(WORKSPACE, OLD, NEW, minutes(1))
    digest = await store.digests.get_digest(WORKSPACE, NEW)
    assert digest is not None
    assert digest.next_at == START + timedelta(days=9)
