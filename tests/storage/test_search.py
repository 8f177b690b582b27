"""Search finds what was published, whatever is typed, and the same on both engines."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.records.case_studies import FieldValue
from storage.search import fold, query_words
from storage.store import Store
from tests.storage.examples import AMINA, BEN, START, WORKSPACE, a_study, minutes


async def found(store: Store, query: str, workspace_id: str = WORKSPACE, **page: Any) -> list[str]:
    hits = await store.published.search(workspace_id, query, **page)
    return [hit.study.id for hit in hits]


@pytest.fixture
async def library(store: Store) -> Store:
    for study in (
        a_study("breakfast", {"who": "Children who came to school hungry"}, title="Breakfast together"),
        a_study("garden", {"who": "Neighbours and children", "what": "A garden"}, title="Growing trust"),
        a_study("clinic", {"what": "Midwives shared breakfast with trainees"}, title="A clinic in the café"),
    ):
        await store.case_studies.create_case_study(study)
        await store.case_studies.publish_case_study(WORKSPACE, study.id, minutes(1))
    return store


async def test_titles_weigh_more_than_answers(library: Store) -> None:
    assert await found(library, "breakfast") == ["breakfast", "clinic"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("a child", {"breakfast", "garden"}),
        ("school garden", {"breakfast", "garden"}),
        ("GROW", {"garden"}),
        ("cafe", {"clinic"}),
        ("CAFÉ", {"clinic"}),
        ("the midwife's café", {"clinic"}),
        ("trainee’s", {"clinic"}),
        ("how do the children get a garden?", {"garden"}),
        ("neighbour hungry", {"breakfast", "garden"}),
        ("clinic unicorns", {"clinic"}),
        ("unicorns", set()),
    ],
)
async def test_plain_words_are_found(library: Store, query: str, expected: set[str]) -> None:
    assert set(await found(library, query)) == expected


async def test_all_words_come_before_any_word(library: Store) -> None:
    assert await found(library, "children garden") == ["garden"]
    assert await found(library, "children garden", offset=1) == []


@pytest.mark.parametrize("query", ["", "   ", "!?", "👪", "\0", "\ud800", '"', "---"])
async def test_a_query_without_words_finds_nothing(library: Store, query: str) -> None:
    assert await found(library, query) == []


@pytest.mark.parametrize(
    "query",
    [
        'breakfast"',
        "breakfast*",
        "breakfast AND",
        "NOT breakfast",
        "NEAR(breakfast, 2)",
        "title:breakfast",
        "breakfast & ! | ( <->",
        "breakfast'; DROP TABLE case_studies; --",
        "^breakfast + {x y}: \\",
        "👪 breakfast مرحبا",
        "break\0fast",
        "\ud800 breakfast",
        "breakfast \udfff",
        "breakfast " * 300,
        "%s %(x)s :name breakfast",
    ],
)
async def test_operators_are_words_like_others(library: Store, query: str) -> None:
    assert "breakfast" in await found(library, query)


async def test_very_long_words_and_texts_are_found(store: Store) -> None:
    long_word = "x" * 3000
    await store.case_studies.create_case_study(a_study(answers={"a": f"{long_word} " + "word " * 60_000}))
    await store.case_studies.publish_case_study(WORKSPACE, "S1", minutes(1))
    assert await found(store, long_word) == ["S1"]
    assert await found(store, " ".join(f"unknown{number}" for number in range(400))) == []


async def test_drafts_and_other_workspaces_are_not_found(library: Store) -> None:
    await library.case_studies.create_case_study(a_study("draft", title="Breakfast draft"))
    elsewhere = a_study("elsewhere", workspace_id="T0MOORSIDE", published_at=minutes(1))
    await library.case_studies.import_case_study(elsewhere)
    assert await found(library, "breakfast") == ["breakfast", "clinic"]
    assert await found(library, "draft") == []
    assert await found(library, "breakfast", "T0MOORSIDE") == ["elsewhere"]


async def test_what_changes_after_publishing_is_found_by_its_new_words(library: Store) -> None:
    await library.case_studies.save_fields(
        WORKSPACE,
        "garden",
        {"who": "Allotments", "name": "Digging"},
        author=BEN,
        title_field="name",
        at=minutes(9),
    )
    assert await found(library, "allotment") == ["garden"]
    assert await found(library, "digging") == ["garden"]
    assert await found(library, "neighbours") == []
    assert await found(library, "growing") == []


async def test_results_are_paged(library: Store) -> None:
    for number in range(7):
        study = a_study(f"p{number}", title=f"Paged {number}", published_at=minutes(number))
        await library.case_studies.import_case_study(study)
    pages = [await found(library, "paged", limit=3, offset=offset) for offset in (0, 3, 6, 9)]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert sorted(each for page in pages for each in page) == [f"p{number}" for number in range(7)]


@pytest.mark.parametrize("text", ["Straße", "Ελλάδα", "Київ", "東京", "العربية", "हिन्दी", "ﬁne", "Ⅻ", "x²"])
async def test_words_of_any_script_are_found_again(store: Store, text: str) -> None:
    await store.case_studies.import_case_study(a_study(title=f"About {text} here", published_at=minutes(1)))
    assert await found(store, text) == ["S1"]
    assert await found(store, text.upper()) == ["S1"]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60))
async def test_any_text_is_safe_and_finds_itself(store: Store, text: str) -> None:
    study = a_study(str(await store.published.count(WORKSPACE)), title=text, published_at=START)
    await store.case_studies.import_case_study(study)
    assert (study.id in await found(store, text, limit=1000)) == bool(query_words(text))


_OPERATORS = ["AND", "OR", "NOT", "NEAR(", "title:", "^", "*", '"', "'", "&", "|", "!", "<->", ":*", "-", ")"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.sampled_from([*_OPERATORS, "breakfast"]) | st.text(max_size=20), max_size=8))
async def test_no_text_fails_or_finds_what_is_not_published_here(store: Store, parts: list[str]) -> None:
    text = " ".join(["secret", *parts])
    number = await store.published.count(WORKSPACE)
    answers: dict[str, FieldValue] = {"who": text}
    here = a_study(f"here {number}", answers, published_at=START)
    gone = a_study(f"gone {number}", answers, published_at=START)
    for study in (
        here,
        gone,
        a_study(f"draft {number}", answers),
        a_study(f"review {number}", answers, status="in_review", reviewer=AMINA),
        a_study(f"theirs {number}", answers, workspace_id="T0MOORSIDE", published_at=START),
    ):
        assert await store.case_studies.import_case_study(study)
    await store.case_studies.withdraw_case_study(WORKSPACE, gone.id, reason="", by=BEN, at=minutes(1))
    assert here.id in await found(store, text, limit=1000)
    for question in (text, " ".join(parts), f"{' '.join(parts)} OR secret"):
        ids = await found(store, question, limit=1000)
        assert {each.split()[0] for each in ids} <= {"here"}
        assert await store.published.count(WORKSPACE, query=question or "!") == len(ids)


def test_words_are_folded() -> None:
    assert fold("The Children's  CAFÉ—co-op_2") == ["the", "child", "cafe", "co", "op", "2"]


def test_common_words_are_dropped_unless_there_are_no_others() -> None:
    assert query_words("How do we build the trust of trust?") == ["build", "trust"]
    assert query_words("how do we") == ["how", "do", "we"]
