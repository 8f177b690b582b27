"""How look-up reads a text: slips, terms, synonyms, matters for elsewhere; and the parts it is made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.index import Index
from knowledge.model import Glossary, Term
from knowledge.phrases import Phrases
from knowledge.reading import Reader
from knowledge.topics import topics
from knowledge.words import all_words, content_words

GLOSSARY = Glossary(
    terms=(
        Term("MoU", ("written agreement",), ("planning",)),
        Term("in kind", ("staff time",), ("funding",)),
    ),
    synonyms=(("boss", "manager", "those at the top"), ("agreement", "contract")),
    elsewhere=("password", "book a room"),
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(GLOSSARY, ["the manager signs the agreement"])


def test_a_word_counts_by_its_stem_and_its_meaning(reader: Reader) -> None:
    reading = reader.question("managers signing")
    assert reading.stems == {"manag": 1.0, "sign": 1.0}
    assert reading.meanings == {"=0": 1.0}
    assert reading.sources["=0"] == ("managers",)


def test_a_phrase_may_hold_filler_words(reader: Reader) -> None:
    reading = reader.question("those at the top")
    assert reading.meanings == {"=0": 1.0}
    assert reading.sources["=0"] == ("those", "at", "the", "top")


def test_a_term_is_replaced_by_its_explanation_at_less_weight(reader: Reader) -> None:
    reading = reader.question("sign the mou")
    assert "mou" not in reading.stems
    assert 0 < reading.stems["agreement"] < reading.stems["sign"]
    assert reading.sources["agreement"] == ("mou",)
    assert [term.term for term in reading.terms] == ["MoU"]
    assert "=1" in reading.meanings


def test_a_text_to_be_found_is_not_explained_or_mended(reader: Reader) -> None:
    reading = reader.text("the mou of the mannager")
    assert set(reading.stems) == {"mou", "mannag"}
    assert reading.terms == ()


def test_a_slip_is_mended_with_less_than_full_weight(reader: Reader) -> None:
    reading = reader.question("mannager")
    assert 0 < reading.stems["manag"] < 1
    assert reading.sources["manag"] == ("mannager",)


@pytest.mark.parametrize("word", ["danger", "mangy", "boot"])
def test_an_english_word_is_not_mended(reader: Reader, word: str) -> None:
    assert set(reader.question(word).stems) == {content_words(word)[0].stem}


def test_words_of_matters_for_elsewhere_are_marked(reader: Reader) -> None:
    assert reader.question("my password").elsewhere == {"password"}
    assert reader.question("book a room").elsewhere >= {"book", "room"}
    assert reader.question("a room with a book").elsewhere == frozenset()


@given(text=st.text(max_size=400))
def test_any_text_can_be_read(reader: Reader, text: str) -> None:
    reading = reader.question(text)
    assert all(0 < weight <= 1 for weight in reading.features.values())
    assert set(reading.stems) | set(reading.meanings) <= set(reading.sources)


def test_a_phrase_is_found_inside_a_longer_one() -> None:
    phrases = Phrases([("steering group", 1), ("group", 2), ("steering", 3)])
    stems = [word.stem for word in all_words("the steering groups")]
    assert {(found.start, found.end, found.value) for found in phrases.found_in(stems)} == {
        (1, 3, 1),
        (1, 2, 3),
        (2, 3, 2),
    }


def test_no_phrases_find_nothing() -> None:
    assert list(Phrases[int]([]).found_in(["a"])) == []


def test_a_rare_feature_counts_for_more_than_a_common_one() -> None:
    index = Index([{"common": 1.0, "rare": 1.0}, {"common": 1.0}, {"common": 1.0}])
    assert index.rarity("unknown") > index.rarity("rare") > index.rarity("common")
    scores = index.coverage({"common": 1.0, "rare": 1.0})
    assert scores[0] > scores[1] == scores[2] > 0


def test_a_text_is_most_like_itself() -> None:
    bags = [{"a": 1.0, "b": 1.0}, {"b": 1.0, "c": 1.0}, {"d": 1.0}]
    index = Index(bags)
    for number, bag in enumerate(bags):
        assert index.likeness(bag)[number] == pytest.approx(1.0)
    assert index.likeness(bags[0])[2] == 0


def test_nothing_is_like_an_empty_text() -> None:
    index = Index([{"a": 1.0}, {}])
    assert not index.likeness({}).any()
    assert not index.coverage({"unknown": 1.0}).any()
    assert index.has(0, "a")
    assert not index.has(1, "a")


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("trust, funding and time", ("trust", "funding", "time")),
        ("trust AND time", ("trust", "time")),
        ("brand new", ()),
        ("", ()),
        (" , ; and ", ()),
        ("a, b, c, d, e, f, g", ()),
        ("trust and " + "x" * 600, ()),
    ],
)
def test_a_question_is_taken_apart_at_words_and_marks(question: str, parts: tuple[str, ...]) -> None:
    assert topics(question) == parts
