"""A snippet shows the words as they were written, those that were looked for apart, on both engines."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.columns import clean
from storage.records.case_studies import FieldValue
from storage.records.published import Segment
from storage.search import fold, word_places
from storage.store import Store
from tests.storage.examples import START, WORKSPACE, a_study, minutes

LONG = " ".join(f"word{number}" for number in range(200))


async def snippet(store: Store, query: str) -> tuple[str, str]:
    """The field and the text, with what was found in brackets."""
    (hit,) = await store.published.search(WORKSPACE, query)
    return hit.field_id, "".join(f"[{each.text}]" if each.is_match else each.text for each in hit.snippet)


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Children came to school hungry.", "child", "[Children] came to school hungry."),
        ("The midwife's CAFÉ, at last!", "cafe midwife", "The [midwife]'s [CAFÉ], at last!"),
        ("They were\n\n  growing <trust> & *hope*", "grow trust", "They were [growing] <[trust]> & *hope*"),
        ("Don't stop. Don’t.", "dont", "[Don't] stop. [Don’t]."),
        ("Das Straßenfest am Freitag", "strassenfest", "Das [Straßenfest] am Freitag"),
        ("Un cafe\u0301 pour tous", "café", "Un [cafe\u0301] pour tous"),
        ("½ ﬁne Ⅻ about", "fine", "½ [ﬁne] Ⅻ about"),
        ("Everyone said: go, go, go", "go", "Everyone said: [go], [go], [go]"),
    ],
)
async def test_words_are_shown_as_they_were_written(
    store: Store, text: str, query: str, expected: str
) -> None:
    await store.case_studies.import_case_study(a_study(answers={"how": text}, published_at=START))
    assert await snippet(store, query) == ("how", expected)


async def test_the_stretch_with_most_of_the_words_is_shown(store: Store) -> None:
    answers: dict[str, FieldValue] = {
        "a": f"trust {LONG}",
        "b": f"{LONG} they found trust in a garden {LONG}",
        "ticks": ("trust", "garden"),
    }
    await store.case_studies.import_case_study(a_study(answers=answers, published_at=START))
    field_id, text = await snippet(store, "trust garden")
    assert field_id == "b"
    assert text.startswith("… word196 word197 word198 word199 they found [trust] in a [garden] word0")
    assert text.endswith(" …")
    assert len(text) < 330


async def test_a_title_that_was_found_shows_how_the_text_begins(store: Store) -> None:
    study = a_study(answers={"ticks": ("a",), "who": f"First words {LONG}"}, published_at=START)
    await store.case_studies.import_case_study(study)
    field_id, text = await snippet(store, "breakfast")
    assert (field_id, text.startswith("First words word0"), "[" in text) == ("who", True, False)


async def test_where_there_is_no_text_nothing_is_shown(store: Store) -> None:
    await store.case_studies.import_case_study(a_study(answers={"ticks": ("a", "b")}, published_at=START))
    assert await snippet(store, "breakfast") == ("", "")


async def test_a_word_without_end_is_cut(store: Store) -> None:
    study = a_study(answers={"who": f"before {'x' * 3000} after"}, published_at=START)
    await store.case_studies.import_case_study(study)
    (hit,) = await store.published.search(WORKSPACE, "x" * 3000)
    assert hit.snippet == (Segment("before "), Segment("x" * 293, is_match=True), Segment(" …"))


async def test_a_text_saved_after_publication_is_shown(store: Store) -> None:
    await store.case_studies.import_case_study(a_study(published_at=START))
    author = a_study().owner
    await store.case_studies.save_fields(WORKSPACE, "S1", {"a": "A new café"}, author=author, at=minutes(1))
    assert await snippet(store, "cafe") == ("a", "A new [café]")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=80))
async def test_any_word_of_any_text_is_shown_where_it_stands(store: Store, text: str) -> None:
    words = fold(clean(text))
    study_id = str(await store.published.count(WORKSPACE))
    study = a_study(study_id, title="", answers={"who": f"{text} {study_id}marker"}, published_at=START)
    await store.case_studies.import_case_study(study)
    (hit,) = await store.published.search(WORKSPACE, f"{study_id}marker")
    assert hit.field_id == "who"
    if len(words) < 20:
        assert [each.text for each in hit.snippet if each.is_match] == [f"{study_id}marker"]


@given(st.text())
def test_every_folded_word_has_its_place(text: str) -> None:
    text = clean(text)
    places = word_places(text)
    assert len(places) == len(fold(text))
    assert all(0 <= begin < end <= len(text) for begin, end in places)
    assert places == sorted(places)
