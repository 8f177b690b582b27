"""What is removed after a time: its own kind, on its day, in its workspace, with a line that counts it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from storage.records.rankings import Rules
from storage.records.workspace_settings import RETENTION_KINDS, RetentionKind
from storage.store import Store
from tests.storage.examples import (
    AMINA,
    BEN,
    CHIOMA,
    START,
    WORKSPACE,
    a_ranking,
    a_stage,
    a_study,
    an_answer,
    answering,
    minutes,
    seats,
)

DAYS = 30
DUE = START + timedelta(days=DAYS)


async def fill(store: Store, workspace_id: str = WORKSPACE) -> None:
    """One of each kind that begins to age at START, and a younger one of each."""
    ranking = a_ranking(workspace_id=workspace_id, participants=seats(BEN, CHIOMA, agency="Health"))
    await store.rankings.create_ranking(ranking, a_stage(opened_at=START - timedelta(days=1)), [])
    answer = replace(an_answer(BEN, "two", "one", "three"), reason="Because of the estate")
    await store.rankings.edit_answer(workspace_id, "R1", 1, BEN, answering(answer))
    await store.rankings.end_ranking(workspace_id, "R1", 1, "decided", ("two",), START, [])
    for number, at in ((1, START), (2, START + timedelta(days=1))):
        key = {"workspace_id": workspace_id, "created_at": at, "updated_at": at}
        await store.case_studies.import_case_study(replace(a_study(f"D{number}"), **key))  # type: ignore[arg-type]  # its names are right
        published = replace(a_study(f"W{number}", published_at=at), **key)  # type: ignore[arg-type]  # its names are right
        await store.case_studies.import_case_study(published)
        await store.case_studies.withdraw_case_study(workspace_id, f"W{number}", reason="", by=AMINA, at=at)
        await store.lookups.record_miss(workspace_id, f"words {number}", "nothing", at)


async def held(store: Store, workspace_id: str = WORKSPACE) -> dict[str, int]:
    """How many there are of each kind; ballots with a person."""
    answers = await store.rankings.list_answers(workspace_id, "R1", 1)
    studies = [
        await store.case_studies.get_case_study(workspace_id, study_id)
        for study_id in ("D1", "D2", "W1", "W2")
    ]
    log = await store.audit.list_entries(workspace_id, limit=100)
    return {
        "drafts": sum(study is not None for study in studies[:2]),
        "ballots": sum(answer.person.team_id != "" for answer in answers),
        "withdrawn": sum(study is not None for study in studies[2:]),
        "misses": len(await store.lookups.list_misses(workspace_id)),
        "audit": sum(entry.kind != "retention" for entry in log),
    }


ALL = {"drafts": 2, "ballots": 1, "withdrawn": 2, "misses": 2, "audit": 2}


@pytest.mark.parametrize("kind", RETENTION_KINDS)
async def test_each_kind_goes_on_its_day_and_nothing_else_does(store: Store, kind: RetentionKind) -> None:
    await fill(store)
    await fill(store, "T0MOORSIDE")
    # Of words only the day is known, so they go when that day is over.
    early = START.replace(hour=0, minute=0) + timedelta(days=DAYS - 1) if kind == "misses" else DUE
    assert await remove(store, kind, early - timedelta(microseconds=1)) == 0
    assert await held(store) == ALL
    assert await remove(store, kind, DUE) == 1
    assert await held(store) == ALL | {kind: ALL[kind] - 1}
    assert await held(store, "T0MOORSIDE") == ALL
    line = (await store.audit.list_entries(WORKSPACE, limit=1))[0]
    assert (line.kind, line.subject, line.detail) == ("retention", kind, {"removed": 1, "days": DAYS})
    assert await remove(store, kind, DUE) == 0
    lines = await store.audit.list_entries(WORKSPACE, limit=100)
    assert [entry.kind for entry in lines].count("retention") == 1


async def test_a_count_comes_out_the_same_without_its_people(store: Store) -> None:
    await fill(store)
    before = await store.rankings.list_answers(WORKSPACE, "R1", 1)
    await remove(store, "ballots", DUE)
    after = await store.rankings.list_answers(WORKSPACE, "R1", 1)
    assert [(each.choice, each.complete) for each in after] == [
        (each.choice, each.complete) for each in before
    ]
    assert after[0].reason == ""
    assert len(after[0].person.user_id) == 64


async def test_agencies_that_counted_once_stay_beside_their_ballots(store: Store) -> None:
    ranking = a_ranking(rules=Rules(weights="agency"), participants=seats(BEN, agency="Health"))
    await store.rankings.create_ranking(ranking, a_stage(), [])
    await store.rankings.edit_answer(WORKSPACE, "R1", 1, BEN, answering(an_answer(BEN, "two")))
    await store.rankings.end_ranking(WORKSPACE, "R1", 1, "decided", ("two",), minutes(9), [])
    await remove(store, "ballots", DUE + timedelta(days=1))
    (answer,) = await store.rankings.list_answers(WORKSPACE, "R1", 1)
    assert (answer.person.team_id, answer.agency) == ("", "Health")


async def test_much_is_removed_in_pieces(store: Store) -> None:
    for number in range(5):
        await store.case_studies.import_case_study(a_study(f"D{number}"))
    assert [await remove(store, "drafts", DUE, limit=2) for _ in range(4)] == [2, 2, 1, 0]


async def remove(store: Store, kind: RetentionKind, at: datetime, limit: int = 200) -> int:
    return await store.retention.remove_old(WORKSPACE, kind, DAYS, at, limit)
