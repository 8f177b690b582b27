"""Any text can be kept; what a database cannot hold is taken out the same way on both engines."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from freezegun import freeze_time

from storage.columns import bind, clean
from storage.open import open_store
from storage.records.rankings import Item
from storage.store import Store
from tests.storage.examples import (
    BEN,
    START,
    WORKSPACE,
    a_ranking,
    a_stage,
    a_study,
    an_answer,
    answering,
    minutes,
)

HOSTILE = [
    "<!channel> *bold* `code` & <b>",
    "Robert'); DROP TABLE answers;--",
    "%s %(name)s :name ? $1 {x}",
    "\u202eright to left\u202c مرحبا שלום",
    "👩‍👩‍👧‍👦 \u200d\ufeff\u2028",
    "line\r\nline\ttab\x01\x7f",
    "x" * 3000,
]


@pytest.mark.parametrize("text", HOSTILE)
async def test_text_is_kept_as_it_is(store: Store, text: str) -> None:
    study = a_study(title=text, answers={"who": text, "outcomes": (text, "b")})
    await store.case_studies.create_case_study(study)
    assert await store.case_studies.get_case_study(WORKSPACE, "S1") == study
    ranking = a_ranking(title=text, items=(Item("one", text, text),))
    await store.rankings.create_ranking(ranking, a_stage(), [])
    assert await store.rankings.get_ranking(WORKSPACE, "R1") == ranking
    answer = an_answer(BEN, text, reason=text)
    await store.rankings.edit_answer(WORKSPACE, "R1", 1, BEN, answering(answer))
    assert await store.rankings.get_answer(WORKSPACE, "R1", 1, BEN) == answer


@pytest.mark.parametrize(
    ("text", "kept"),
    [("a\0b", "ab"), ("a\ud800b", "a\ufffdb"), ("\udc00", "\ufffd"), ("\ud83d\ude00", "😀"), ("\0", "")],
)
async def test_what_cannot_be_kept_is_taken_out(store: Store, text: str, kept: str) -> None:
    await store.case_studies.create_case_study(a_study(title=text, answers={"outcomes": (text, "b")}))
    study = await store.case_studies.get_case_study(WORKSPACE, "S1")
    assert study == a_study(title=kept, answers={"outcomes": (kept, "b")})
    saved = await store.case_studies.save_fields(
        WORKSPACE, "S1", {"who": text, "name": text}, author=BEN, title_field="name", at=minutes(1)
    )
    assert (saved.study.title, "who" in saved.study.answers) == (kept, bool(kept))
    again = await store.case_studies.save_fields(
        WORKSPACE, "S1", {"who": text, "name": text}, author=BEN, title_field="name", at=minutes(2)
    )
    assert again == saved
    await store.rankings.create_ranking(a_ranking(), a_stage(), [])
    given = answering(an_answer(BEN, text, reason=text))
    returned = await store.rankings.edit_answer(WORKSPACE, "R1", 1, BEN, given)
    answer = await store.rankings.get_answer(WORKSPACE, "R1", 1, BEN)
    assert returned == answer == an_answer(BEN, kept, reason=kept)


@pytest.mark.parametrize("odd", ["a\0b", "\ud800"])
async def test_odd_ids_are_simply_unknown(store: Store, odd: str) -> None:
    assert await store.rankings.get_ranking(WORKSPACE, odd) is None
    assert await store.case_studies.get_case_study(odd, odd) is None
    assert await store.messages.get_message(WORKSPACE, odd) is None


async def test_times_of_any_zone_come_back_as_the_same_moment_in_utc(store: Store) -> None:
    local = datetime(2026, 7, 1, 9, 0, tzinfo=timezone(timedelta(hours=1)))
    await store.case_studies.create_case_study(a_study(created_at=local))
    study = await store.case_studies.get_case_study(WORKSPACE, "S1")
    assert study is not None
    assert study.created_at == local
    assert study.created_at.utcoffset() == timedelta(0)


@freeze_time("2026-05-01 10:00", real_asyncio=True)
async def test_a_stopped_clock_stops_nothing(url: str) -> None:
    store = await open_store(url)
    now = datetime.now(UTC)
    await store.case_studies.create_case_study(a_study(created_at=now))
    study = await store.case_studies.get_case_study(WORKSPACE, "S1")
    await store.close()
    assert study == a_study(created_at=now)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        bind({"at": datetime(2026, 7, 1)})  # noqa: DTZ001 - that is what is refused


def test_times_sort_as_text() -> None:
    moments = [
        START,
        START.replace(microsecond=0),
        START + timedelta(microseconds=1),
        datetime.max.replace(tzinfo=UTC),
    ]
    columns = [str(bind({"at": moment})["at"]) for moment in moments]
    assert [moments[columns.index(column)] for column in sorted(columns)] == sorted(moments)
    assert len({len(column) for column in columns}) == 1


def test_what_no_column_holds_is_refused() -> None:
    with pytest.raises(TypeError, match="float"):
        bind({"share": 0.5})


def test_plain_text_is_not_copied() -> None:
    text = "plain"
    assert clean(text) is text
