"""The library: listed, filtered, counted, told to channels, on both engines."""

import asyncio

import pytest

from storage.digests import DIGESTS_SUBJECT
from storage.records.digests import Digest
from storage.records.published import Filters, GivenFacets
from storage.store import ConflictError, NotFoundError, Store
from tests.storage.examples import AMINA, BEN, CHIOMA, WORKSPACE, a_message, a_study, minutes

STUDIES: dict[str, GivenFacets] = {
    "S1": {"outcome": ["be_safe", "enjoy"], "agency": ["Health"], "strategy": ["trust-1", "trust-2"]},
    "S2": {"outcome": ["be_safe"], "agency": ["Police"], "strategy": ["trust-1"]},
    "S3": {"outcome": ["enjoy"], "agency": ["Health", "Police"], "target_group": ["Young carers"]},
}


@pytest.fixture
async def library(store: Store) -> Store:
    """Three case studies, the third the newest, a draft and a case study elsewhere."""
    for number, (study_id, facets) in enumerate(STUDIES.items(), 1):
        await store.case_studies.create_case_study(
            a_study(study_id, template_id="long" if number == 3 else "short", title=f"Supper {number}")
        )
        await store.case_studies.publish_case_study(WORKSPACE, study_id, minutes(number), facets=facets)
    await store.case_studies.create_case_study(a_study("draft", title="Supper draft"))
    elsewhere = a_study("S1", workspace_id="T0MOORSIDE", published_at=minutes(9), title="Supper elsewhere")
    await store.case_studies.import_case_study(elsewhere, facets={"outcome": ["be_safe"]})
    return store


async def listed(store: Store, filters: Filters | None = None, **page: int) -> list[str]:
    found = await store.published.list_case_studies(WORKSPACE, filters=filters, **page)
    return [study.id for study in found]


FILTERED: list[tuple[Filters, list[str]]] = [
    ({}, ["S3", "S2", "S1"]),
    ({"outcome": []}, ["S3", "S2", "S1"]),
    ({"outcome": ["be_safe"]}, ["S2", "S1"]),
    ({"outcome": ["be_safe", "enjoy"]}, ["S3", "S2", "S1"]),
    ({"outcome": ["enjoy"], "agency": ["Police"]}, ["S3"]),
    ({"outcome": ["be_safe", "enjoy"], "agency": ["Health", "Fire"]}, ["S3", "S1"]),
    ({"template": ["long"]}, ["S3"]),
    ({"year": ["2026"], "strategy": ["trust-2"]}, ["S1"]),
    ({"target_group": ["Young carers"]}, ["S3"]),
    ({"agency": ["'; DROP TABLE case_studies; --"]}, []),
]


@pytest.mark.parametrize(("filters", "expected"), FILTERED)
async def test_filters_leave_what_has_one_value_of_each(
    library: Store, filters: Filters, expected: list[str]
) -> None:
    assert await listed(library, filters) == expected
    assert await library.published.count(WORKSPACE, filters=filters) == len(expected)
    hits = await library.published.search(WORKSPACE, "supper", filters=filters)
    assert sorted(hit.study.id for hit in hits) == sorted(expected)
    assert await library.published.count(WORKSPACE, filters=filters, query="supper") == len(expected)


async def test_many_of_several_values_are_walked_by_date(
    library: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.published._FEW", 0)
    for filters, expected in FILTERED:
        assert await listed(library, filters) == expected


async def test_pages_follow_one_another(library: Store) -> None:
    same: list[Filters] = [{}, {"year": ["2026"]}, {"outcome": ["be_safe", "enjoy"]}]
    for filters in same:
        pages = [await listed(library, filters, limit=2, offset=offset) for offset in (0, 2, 4)]
        assert pages == [["S3", "S2"], ["S1"], []]


async def test_a_query_counts_all_its_pages(library: Store) -> None:
    assert await library.published.count(WORKSPACE, query="supper") == 3
    assert await library.published.count(WORKSPACE, query="supper unicorn") == 3
    assert await library.published.count(WORKSPACE, query="unicorn") == 0
    assert await library.published.count(WORKSPACE, query="!?") == 0


async def test_values_are_counted(library: Store) -> None:
    assert await library.published.facet_values(WORKSPACE) == {
        "outcome": {"be_safe": 2, "enjoy": 2},
        "agency": {"Health": 2, "Police": 2},
        "strategy": {"trust-1": 2, "trust-2": 1},
        "target_group": {"Young carers": 1},
        "template": {"short": 2, "long": 1},
        "year": {"2026": 3},
    }
    assert await library.published.count_using(WORKSPACE, ["trust-1", "trust-2", "trust-3"]) == {
        "trust-1": 2,
        "trust-2": 1,
    }
    assert await library.published.count_using(WORKSPACE, []) == {}
    assert [each.id for each in await library.published.studies_using(WORKSPACE, "trust-1")] == ["S2", "S1"]


async def test_what_is_filtered_by_can_be_replaced(library: Store) -> None:
    await library.case_studies.set_facets(WORKSPACE, "S1", {"outcome": [" enjoy ", "", "be\nwell"]})
    assert await listed(library, {"outcome": ["be well"]}) == ["S1"]
    assert await library.published.count_using(WORKSPACE, ["trust-1", "trust-2"]) == {"trust-1": 1}
    values = await library.published.facet_values(WORKSPACE)
    assert (values["outcome"], values["template"]) == (
        {"enjoy": 2, "be well": 1, "be_safe": 1},
        {"short": 2, "long": 1},
    )
    with pytest.raises(ConflictError):
        await library.case_studies.set_facets(WORKSPACE, "draft", {})


async def test_what_is_found_by_no_answer_is_listed_in_pages_of_all_workspaces(library: Store) -> None:
    for study_id in ("S4", "S5"):
        await library.case_studies.create_case_study(a_study(study_id))
        await library.case_studies.publish_case_study(WORKSPACE, study_id, minutes(4))
    await library.case_studies.import_case_study(
        a_study("S0", workspace_id="T0MOORSIDE", published_at=minutes(9))
    )
    all_without = [(WORKSPACE, "S4"), (WORKSPACE, "S5"), ("T0MOORSIDE", "S0")]
    all_without.sort()
    assert await library.case_studies.published_without_facets(5) == all_without
    first = await library.case_studies.published_without_facets(2)
    assert first == all_without[:2]
    assert await library.case_studies.published_without_facets(2, first[-1]) == all_without[2:]
    await library.case_studies.set_facets(WORKSPACE, "S4", {"agency": ["Health"]})
    await library.case_studies.withdraw_case_study(WORKSPACE, "S5", reason="Old", by=CHIOMA, at=minutes(5))
    assert await library.case_studies.published_without_facets(5) == [("T0MOORSIDE", "S0")]


async def test_publications_at_once_are_all_counted(store: Store) -> None:
    for number in range(8):
        await store.case_studies.create_case_study(a_study(f"S{number}"))
    facets: list[GivenFacets] = [
        {"outcome": ["a", "b"], "agency": ["c"]},
        {"agency": ["c"], "outcome": ["b", "a"]},
    ]
    await asyncio.gather(
        *(
            store.case_studies.publish_case_study(
                WORKSPACE, f"S{number}", minutes(1), facets=facets[number % 2]
            )
            for number in range(8)
        )
    )
    values = await store.published.facet_values(WORKSPACE)
    assert (values["outcome"], values["agency"]) == ({"a": 8, "b": 8}, {"c": 8})


async def test_what_was_published_in_a_time(library: Store) -> None:
    found = await library.published.published_between(WORKSPACE, minutes(1), minutes(3))
    assert [each.id for each in found] == ["S2", "S1"]
    assert await library.published.published_between(WORKSPACE, minutes(4), minutes(9)) == []
    assert await library.published.count_between(WORKSPACE, minutes(1), minutes(3)) == 2
    assert await library.published.count_between(WORKSPACE, minutes(4), minutes(9)) == 0


def a_digest(channel_id: str = "C1", at: int = 30) -> Digest:
    return Digest(WORKSPACE, channel_id, CHIOMA, minutes(0), minutes(at))


async def test_a_channel_is_subscribed_once_and_its_digest_falls_due(store: Store) -> None:
    assert await store.digests.subscribe(a_digest())
    assert not await store.digests.subscribe(a_digest(at=5))
    assert await store.digests.subscribe(a_digest("C0"))
    assert await store.digests.get_digest(WORKSPACE, "C0") == a_digest("C0")
    assert await store.digests.get_digest(WORKSPACE, "C1") == a_digest()
    assert await store.digests.get_digest("T0MOORSIDE", "C1") is None
    assert await store.work.claim(minutes(29), 60, 5) == []
    due = await store.work.claim(minutes(30), 60, 5)
    assert [(work.kind, work.subject) for work in due] == [
        ("case_studies.digest", "C0"),
        ("case_studies.digest", "C1"),
    ]


async def test_after_a_digest_the_next_is_planned(store: Store) -> None:
    await store.digests.subscribe(a_digest())
    (work,) = await store.work.claim(minutes(30), 600, 5)
    note = a_message(id="case_studies.digest:C1:1", kind="case_studies.digest", subject="digest:C1")
    await store.digests.record_digest(
        WORKSPACE, "C1", until=minutes(30), next_at=minutes(60), messages=[note]
    )
    await store.work.finish(work)
    moved = Digest(WORKSPACE, "C1", CHIOMA, minutes(30), minutes(60))
    assert await store.digests.get_digest(WORKSPACE, "C1") == moved
    assert await store.messages.get_message(WORKSPACE, note.id) is not None
    assert await store.work.claim(minutes(59), 60, 5) == []
    again = a_message(id="case_studies.digest:C1:2")
    with pytest.raises(NotFoundError):  # done twice: it is not due again
        await store.digests.record_digest(
            WORKSPACE, "C1", until=minutes(31), next_at=minutes(60), messages=[again]
        )
    assert await store.messages.get_message(WORKSPACE, again.id) is None
    assert len(await store.work.claim(minutes(60), 60, 5)) == 1


async def test_who_is_not_subscribed_gets_nothing(store: Store) -> None:
    ended = a_message(id="ended")
    assert not await store.digests.unsubscribe(WORKSPACE, "C1", [ended], by=AMINA, at=minutes(9))
    assert await store.messages.get_message(WORKSPACE, ended.id) is None
    await store.digests.subscribe(a_digest())
    assert await store.digests.unsubscribe(WORKSPACE, "C1", [ended], by=AMINA, at=minutes(9))
    assert await store.messages.get_message(WORKSPACE, ended.id) is not None
    assert await store.digests.get_digest(WORKSPACE, "C1") is None
    assert await store.work.claim(minutes(99), 60, 5) == []
    note = a_message(id="case_studies.digest:C1:1")
    with pytest.raises(NotFoundError):
        await store.digests.record_digest(
            WORKSPACE, "C1", until=minutes(1), next_at=minutes(2), messages=[note]
        )
    assert await store.messages.get_message(WORKSPACE, note.id) is None


async def test_what_is_withdrawn_leaves_the_digests_that_were_sent(library: Store) -> None:
    told = a_message(id="digest", subject=DIGESTS_SUBJECT, sent_version=1, ts="1.0")
    await library.messages.add_message(told)
    dirty = [message.id for message in await library.messages.dirty_messages()]
    assert told.id not in dirty
    await library.case_studies.withdraw_case_study(WORKSPACE, "S1", reason="", by=BEN, at=minutes(5))
    dirty = [message.id for message in await library.messages.dirty_messages()]
    assert told.id in dirty


async def test_the_summary_of_a_study_is_its_record_without_answers(library: Store) -> None:
    (newest, *_) = await library.published.list_case_studies(WORKSPACE, limit=1)
    assert (newest.id, newest.template_id, newest.owner, newest.published_at) == (
        "S3",
        "long",
        BEN,
        minutes(3),
    )
    assert not hasattr(newest, "answers")


@pytest.mark.parametrize(("filters", "expected"), FILTERED)
@pytest.mark.parametrize("query", ["", "supper", "supper zebra"])
async def test_walking_meets_all_that_is_counted_newest_first(
    library: Store, filters: Filters, expected: list[str], query: str
) -> None:
    met: list[str] = []
    last = None
    while page := await library.published.walk(WORKSPACE, filters=filters, query=query, after=last, limit=1):
        (last,) = page
        met.append(last.id)
    assert met == expected
    assert len(met) == await library.published.count(WORKSPACE, filters=filters, query=query)


async def test_what_is_published_meanwhile_moves_nothing_to_another_page(library: Store) -> None:
    first = await library.published.walk(WORKSPACE, limit=2)
    await library.case_studies.publish_case_study(WORKSPACE, "draft", minutes(20))
    rest = await library.published.walk(WORKSPACE, after=first[-1])
    assert [study.id for study in (*first, *rest)] == ["S3", "S2", "S1"]
    assert await library.published.walk(WORKSPACE, query="...") == []
    assert await library.published.walk("T0NOBODY") == []
