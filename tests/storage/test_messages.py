"""Messages that follow rows, on both engines."""

import asyncio
from dataclasses import replace

from storage.open import open_store
from storage.records.messages import Waiting
from storage.store import Store
from tests.storage.examples import BEN, WORKSPACE, a_home, a_message


async def test_a_message_is_read_back_as_it_was_added(store: Store) -> None:
    message = a_message(parent_id="ranking.board:R0", ts="1.2", version=4, sent_version=3)
    assert await store.messages.add_message(message)
    assert await store.messages.get_message(WORKSPACE, message.id) == message


async def test_an_unknown_message_is_none(store: Store) -> None:
    assert await store.messages.get_message(WORKSPACE, "ranking.board:R9") is None


async def test_a_known_id_changes_nothing(store: Store) -> None:
    await store.messages.add_message(a_message())
    assert not await store.messages.add_message(a_message(channel_id="C0OTHER"))
    assert await store.messages.get_message(WORKSPACE, a_message().id) == a_message()


async def test_a_new_message_is_dirty_until_it_was_sent(store: Store) -> None:
    await store.messages.add_message(a_message())
    assert await store.messages.dirty_messages() == [a_message()]
    await store.messages.record_sent(WORKSPACE, a_message().id, 1, "17.5")
    assert await store.messages.dirty_messages() == []
    sent = await store.messages.get_message(WORKSPACE, a_message().id)
    assert sent == a_message(ts="17.5", sent_version=1)


async def test_a_message_is_posted_from_its_way_to_slack_on_unless_slack_refused_it(store: Store) -> None:
    kind, subject = a_message().kind, a_message().subject
    assert await store.messages.list_posted(WORKSPACE, kind, subject) == []
    await store.messages.add_message(a_message())
    assert await store.messages.list_posted(WORKSPACE, kind, subject) == [a_message().id]
    await store.messages.record_unsendable(WORKSPACE, a_message().id, 1, "channel_not_found")
    assert await store.messages.list_posted(WORKSPACE, kind, subject) == []
    await store.messages.record_sent(WORKSPACE, a_message().id, 1, "17.5")
    assert await store.messages.list_posted(WORKSPACE, kind, subject) == [a_message().id]
    assert await store.messages.list_posted("T0OTHER", kind, subject) == []
    assert await store.messages.list_posted(WORKSPACE, "ranking.result", subject) == []
    assert await store.messages.list_posted(WORKSPACE, kind, "ranking:R9") == []


async def test_touching_a_subject_makes_each_of_its_messages_dirty(store: Store) -> None:
    sent = {"ts": "1.0", "sent_version": 1}
    await store.messages.add_message(a_message(**sent))
    await store.messages.add_message(a_message(id="ranking.thread:R1", **sent))
    await store.messages.add_message(a_message(id="ranking.board:R2", subject="ranking:R2", **sent))
    await store.messages.touch_subject(WORKSPACE, "ranking:R1")
    dirty = await store.messages.dirty_messages()
    assert {message.id for message in dirty} == {"ranking.board:R1", "ranking.thread:R1"}
    assert {message.version for message in dirty} == {2}


async def test_a_change_while_a_version_is_being_sent_keeps_the_message_dirty(store: Store) -> None:
    await store.messages.add_message(a_message())
    await store.messages.touch_subject(WORKSPACE, "ranking:R1")
    await store.messages.record_sent(WORKSPACE, a_message().id, 1, "17.5")
    assert await store.messages.dirty_messages() == [a_message(ts="17.5", version=2, sent_version=1)]
    await store.messages.record_sent(WORKSPACE, a_message().id, 2, "17.5")
    assert await store.messages.dirty_messages() == []


async def test_a_late_word_of_an_old_version_does_not_undo_a_newer_one(store: Store) -> None:
    await store.messages.add_message(a_message(version=3))
    await store.messages.record_sent(WORKSPACE, a_message().id, 3, "17.5")
    await store.messages.record_sent(WORKSPACE, a_message().id, 2, "17.4")
    sent = await store.messages.get_message(WORKSPACE, a_message().id)
    assert sent == a_message(ts="17.5", version=3, sent_version=3)


async def test_what_slack_refuses_is_left_until_the_next_change(store: Store) -> None:
    await store.messages.add_message(a_message())
    await store.messages.record_unsendable(WORKSPACE, a_message().id, 1, "channel_not_found")
    assert await store.messages.dirty_messages() == []
    await store.messages.touch_subject(WORKSPACE, "ranking:R1")
    assert await store.messages.dirty_messages() == [a_message(version=2, sent_version=1)]


async def test_what_slack_refused_in_a_channel_is_tried_again_when_it_is_back(store: Store) -> None:
    for number, channel in enumerate(("C0HARBOUR", "C0MOOR", "C0HARBOUR")):
        await store.messages.add_message(a_message(id=f"m{number}", channel_id=channel))
    for number in (0, 1):
        await store.messages.record_unsendable(WORKSPACE, f"m{number}", 1, "is_archived")
    await store.messages.record_sent(WORKSPACE, "m2", 1, "17.5")
    await store.messages.retry_refused("T0OTHER", "C0HARBOUR")
    assert await store.messages.dirty_messages() == []
    await store.messages.retry_refused(WORKSPACE, "C0HARBOUR")
    assert [message.id for message in await store.messages.dirty_messages()] == ["m0"]


async def test_the_oldest_change_comes_first_and_waits_in_its_place(store: Store) -> None:
    for number in (3, 1, 2):
        await store.messages.add_message(a_message(id=f"m{number}", subject=f"s{number}"))
    await store.messages.touch_subject(WORKSPACE, "s3")
    assert [message.id for message in await store.messages.dirty_messages()] == ["m3", "m1", "m2"]
    assert [message.id for message in await store.messages.dirty_messages(limit=2)] == ["m3", "m1"]


async def test_a_change_during_sending_waits_behind_the_others(store: Store) -> None:
    for number in (1, 2):
        await store.messages.add_message(a_message(id=f"m{number}", subject=f"s{number}"))
    await store.messages.touch_subject(WORKSPACE, "s1")
    await store.messages.record_sent(WORKSPACE, "m1", 1, "1.0")
    assert [message.id for message in await store.messages.dirty_messages()] == ["m2", "m1"]


async def test_the_store_says_that_it_can_be_written(store: Store) -> None:
    await store.check_writable()
    await store.check_writable()


async def test_the_dirty_messages_of_one_channel_are_found_alone(store: Store) -> None:
    for number, channel in enumerate(("C0HARBOUR", "C0MOOR", "C0HARBOUR")):
        await store.messages.add_message(a_message(id=f"m{number}", channel_id=channel))
    await store.messages.add_message(a_message(workspace_id="T0OTHER", channel_id="C0HARBOUR"))
    await store.messages.record_sent(WORKSPACE, "m0", 1, "17.5")
    found = await store.messages.dirty_messages(channel=(WORKSPACE, "C0HARBOUR"))
    assert [message.id for message in found] == ["m2"]


async def test_where_messages_wait_is_told_once_a_channel_and_way_oldest_first(store: Store) -> None:
    kind, home = a_message().kind, replace(a_home(BEN), channel_id=BEN.user_id)
    await store.messages.add_message(home)
    for number in (1, 2, 3):
        await store.messages.add_message(a_message(id=f"m{number}", subject=f"s{number}"))
    assert await store.messages.list_waiting() == [
        Waiting(WORKSPACE, BEN.user_id, home.kind, is_posted=False),
        Waiting(WORKSPACE, a_message().channel_id, kind, is_posted=False),
    ]
    for number in (1, 2, 3):
        await store.messages.record_sent(WORKSPACE, f"m{number}", 1, f"{number}.0")
    await store.messages.touch_subject(WORKSPACE, "s2")
    await store.messages.record_sent(WORKSPACE, home.id, 1, "home")
    assert await store.messages.list_waiting() == [
        Waiting(WORKSPACE, a_message().channel_id, kind, is_posted=True)
    ]


async def test_what_was_deleted_in_slack_is_dirty_as_if_it_had_never_been_sent(store: Store) -> None:
    await store.messages.add_message(a_message())
    await store.messages.record_sent(WORKSPACE, a_message().id, 1, "17.5")
    await store.messages.record_lost(WORKSPACE, a_message().id, "16.0")
    assert await store.messages.dirty_messages() == []
    await store.messages.record_lost(WORKSPACE, a_message().id, "17.5")
    assert await store.messages.dirty_messages() == [a_message()]


async def test_who_waits_for_a_change_is_woken_by_a_commit_of_this_process(store: Store, url: str) -> None:
    await store.messages.wait_for_change(0.01)
    waiting = asyncio.create_task(store.messages.wait_for_change(3600))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    await store.messages.add_message(a_message())
    async with asyncio.timeout(20):
        await waiting
    # Another process's commit wakes nobody here: only looking finds it.
    other = await open_store(url)
    await other.messages.touch_subject(WORKSPACE, a_message().subject)
    await store.messages.wait_for_change(0.01)
    assert [message.version for message in await store.messages.dirty_messages()] == [2]
    await other.close()


async def test_a_change_between_two_waits_is_not_missed(store: Store) -> None:
    await store.messages.wait_for_change(0.01)
    await store.messages.add_message(a_message())
    async with asyncio.timeout(20):
        await store.messages.wait_for_change(3600)
