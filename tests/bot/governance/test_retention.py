"""How long things are kept: off until an admin says so, then done once a day and counted in the log."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory

from bot.admins import Admins
from bot.app import create_client, plan_standing_work
from bot.caller import Caller
from bot.governance import home_source, ids
from bot.installation import Installation
from bot.sections import Shelf
from bot.settings import Settings
from knowledge.model import Library
from storage.open import open_store
from storage.records.people import Person
from storage.records.rankings import Answer, Stage
from storage.records.workspace_settings import RETENTION_KINDS, RetentionKind
from storage.store import Store
from tests.bot.case_studies.examples import WHO, make_study, person
from tests.bot.clockwork import WholeClock
from tests.bot.governance.desk import Desk
from tests.slack import ANNA, BEN, TEAM
from tests.storage.examples import a_ranking

BEGIN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DAYS: dict[RetentionKind, int] = {"drafts": 10, "ballots": 20, "withdrawn": 30, "misses": 40, "audit": 50}
A_DAY = timedelta(days=1)


@pytest.fixture
def now() -> Iterator[FrozenDateTimeFactory]:
    with freeze_time(BEGIN, real_asyncio=True) as frozen:
        assert isinstance(frozen, FrozenDateTimeFactory)
        yield frozen


async def fill(store: Store) -> None:
    """One of each kind, of BEGIN's age."""
    ranking = replace(a_ranking(), workspace_id=TEAM, id="r1")
    voter = ranking.people[0]
    items = tuple(item.id for item in ranking.items)

    def answer(_stage: Stage, _before: Answer | None) -> Answer:
        return Answer(voter, items, True, BEGIN)

    await store.rankings.create_ranking(ranking, Stage("r1", 1, "rank", items, BEGIN), [])
    await store.rankings.edit_answer(TEAM, "r1", 1, voter, answer)
    await store.rankings.end_ranking(TEAM, "r1", 1, "cancelled", (), BEGIN, [])
    for study_id in ("draft", "old"):
        study = replace(make_study(WHO, status="draft"), id=study_id, created_at=BEGIN, updated_at=BEGIN)
        await store.case_studies.create_case_study(study)
    await store.case_studies.publish_case_study(TEAM, "old", BEGIN)
    await store.case_studies.withdraw_case_study(TEAM, "old", reason="", by=person(ANNA), at=BEGIN)
    await store.lookups.record_miss(TEAM, "nobody knows", "nothing", BEGIN)


async def there(store: Store) -> set[RetentionKind]:
    """The kinds of which there is anything left."""
    answers = await store.rankings.list_answers(TEAM, "r1", 1)
    log = await store.audit.list_entries(TEAM, limit=100)
    kept: dict[RetentionKind, bool] = {
        "drafts": await store.case_studies.get_case_study(TEAM, "draft") is not None,
        "ballots": any(answer.person != Person("", answer.person.user_id) for answer in answers),
        "withdrawn": await store.case_studies.get_case_study(TEAM, "old") is not None,
        "misses": bool(await store.lookups.list_misses(TEAM)),
        "audit": any(line.kind == "withdrawn" for line in log),
    }
    return {kind for kind, is_kept in kept.items() if is_kept}


async def a_day_passes(now: FrozenDateTimeFactory, clock: WholeClock) -> None:
    now.tick(A_DAY)
    await clock.look()


async def test_each_kind_goes_on_its_day_with_a_line_and_nothing_else_does(
    desk: Desk, store: Store, clock: WholeClock, library: Library, now: FrozenDateTimeFactory
) -> None:
    await fill(store)
    await desk.save({kind: str(days) for kind, days in DAYS.items()})
    await plan_standing_work(store, library)
    for day in range(1, 61):
        await a_day_passes(now, clock)
        # Of words only the day is known, and it has gone by.
        due = {kind for kind, days in DAYS.items() if day >= days}
        assert await there(store) == set(RETENTION_KINDS) - due, day
        log = await store.audit.list_entries(TEAM, limit=100)
        lines = {line.subject: line for line in log if line.kind == "retention"}
        expected = due if day < DAYS["audit"] + DAYS["drafts"] else due - {"drafts"}
        assert set(lines) == expected, day
        for kind in DAYS.keys() & lines.keys():
            line = lines[kind]
            assert line.detail["days"] == DAYS[kind]
            if kind != "audit":
                assert line.detail["removed"] == 1


async def test_admins_are_told_in_app_home_what_went(
    desk: Desk,
    store: Store,
    clock: WholeClock,
    library: Library,
    settings: Settings,
    now: FrozenDateTimeFactory,
) -> None:
    admins = Admins(Installation(create_client(settings)).client_for)
    offer = home_source(store, admins)
    await fill(store)
    await desk.save({"drafts": "10"})
    await plan_standing_work(store, library)
    await a_day_passes(now, clock)
    assert await offer(Caller(TEAM, person(ANNA))) == {}
    now.tick(9 * A_DAY)
    await clock.look()
    (told,) = (await offer(Caller(TEAM, person(ANNA))))[Shelf.SETTINGS]
    assert "1 draft of a case study, " in str(told._resolve())
    assert await offer(Caller(TEAM, person(BEN))) == {}
    now.tick(31 * A_DAY)
    assert await offer(Caller(TEAM, person(ANNA))) == {}


async def test_two_processes_look_once_a_day_between_them(
    desk: Desk,
    store: Store,
    clock: WholeClock,
    library: Library,
    settings: Settings,
    now: FrozenDateTimeFactory,
    tmp_path: Path,
) -> None:
    other = await open_store(f"sqlite:///{tmp_path}/commonground.db")
    beside = WholeClock(other, library, settings)
    await fill(store)
    await desk.save(dict.fromkeys(RETENTION_KINDS, "1"))
    for process in (store, other):
        await plan_standing_work(process, library)
    looks = []
    for _ in range(3):
        now.tick(A_DAY)
        done = await asyncio.gather(clock.look(), beside.look())
        looks.append(sum(work.kind == ids.REMOVE_OLD for works in done for work in works))
    await other.close()
    assert looks == [1, 1, 1]
    log = await store.audit.list_entries(TEAM, limit=100)
    subjects = [line.subject for line in log if line.kind == "retention" and line.subject != "audit"]
    assert len(subjects) == len(set(subjects)), "each kind went once"


async def test_nothing_goes_ever_until_somebody_says_so(
    store: Store, clock: WholeClock, library: Library, now: FrozenDateTimeFactory
) -> None:
    await fill(store)
    await plan_standing_work(store, library)
    for _ in range(3):
        now.tick(timedelta(days=3_650))
        await clock.look()
    assert await there(store) == set(RETENTION_KINDS)
