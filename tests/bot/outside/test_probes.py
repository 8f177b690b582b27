"""What balancers and supervisors are told, whatever they ask and however often."""

import asyncio
import dataclasses

import httpx
import pytest

from bot.app import create_client
from bot.outside import store_condition
from bot.outside.probes import Probes
from bot.outside.store_condition import Condition, StoreWatch
from bot.server import create_http
from bot.settings import Settings
from storage.records.messages import Message
from storage.store import Store
from tests.slack import CHANNEL, TEAM, Bot


async def test_health_says_that_the_store_can_be_written(http: httpx.AsyncClient) -> None:
    answer = await http.get("/health")
    assert answer.status_code == 200
    said = answer.json()
    assert (said["ok"], said["store"], said["oldest_message_seconds"]) == (True, "writable", 0.0)


async def test_health_says_how_long_the_oldest_message_has_waited(
    http: httpx.AsyncClient, store: Store
) -> None:
    await store.messages.add_message(Message(TEAM, "m1", "kind", "subject", CHANNEL))
    assert 0 <= (await http.get("/health")).json()["oldest_message_seconds"] < 60
    assert (await store.messages.backlog()).waiting == 1


async def test_a_store_that_cannot_be_written_is_503_in_plain_words(
    http: httpx.AsyncClient, store: Store
) -> None:
    await store.close()
    answer = await http.get("/health")
    assert answer.status_code == 503
    assert answer.json()["store"].startswith("The database cannot be used")
    assert (await http.get("/live")).status_code == 200
    figures = (await http.get("/metrics")).text.splitlines()
    assert "commonground_store_writable 0.0" in figures
    assert "commonground_messages_waiting NaN" in figures


async def test_slack_out_of_reach_takes_no_process_out(http: httpx.AsyncClient, settings: Settings) -> None:
    nowhere = dataclasses.replace(settings, slack_api_url="http://127.0.0.1:1/api/")
    with pytest.raises(OSError, match="127"):
        await create_client(nowhere).api_test()
    answer = await http.get("/health")
    assert answer.status_code == 200
    assert answer.json()["slack"].startswith("not reachable")
    assert "commonground_slack_reachable 0.0" in (await http.get("/metrics")).text


async def test_many_who_ask_at_once_are_one_look(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    # Long enough for a slow machine, which must not make two looks of them.
    monkeypatch.setattr(store_condition, "FRESH", 3600)
    watch = StoreWatch(store)
    found = await asyncio.gather(*(watch.condition() for _ in range(500)))
    assert found == [Condition(True, 0, 0.0, 0.0)] * 500
    assert all(each is found[0] for each in found)


async def test_an_answer_holds_no_longer_than_it_may(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_condition, "FRESH", 0)
    watch = StoreWatch(store)
    assert (await watch.condition()).is_writable
    await store.close()
    assert not (await watch.condition()).is_writable


async def test_a_change_is_logged_once_and_not_at_each_look(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(store_condition, "FRESH", 0)
    await store.close()
    watch = StoreWatch(store)
    for _ in range(3):
        await watch.condition()
    assert len([line for line in caplog.messages if "cannot be used" in line]) == 1


async def test_a_process_whose_loop_has_ended_asks_to_be_started_anew(bot: Bot, store: Store) -> None:
    async def end() -> None:
        pass

    loops = {"Clock": asyncio.create_task(end()), "Publisher": asyncio.create_task(asyncio.sleep(3600))}
    app = create_http(bot.app, "secret", Probes(store, loops).public_routes())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot.test") as http:
        await loops["Clock"]
        answer = await http.get("/live")
        assert (answer.status_code, answer.json()) == (503, {"ok": False, "stopped": ["Clock"]})
    loops["Publisher"].cancel()
