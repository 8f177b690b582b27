"""`python -m bot lookup`: the same look-up without Slack, for people and for programs."""

import json
from pathlib import Path

import pytest

from bot.__main__ import main
from knowledge.model import Library


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without tokens, settings or a database."""
    monkeypatch.chdir(tmp_path)
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "DATABASE_URL", "KNOWLEDGE_DIR"):
        monkeypatch.delenv(name, raising=False)


def test_json_names_what_fits_best_first(capsys: pytest.CaptureFixture[str], library: Library) -> None:
    assert main(["lookup", "people keep leaving", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["query", "results", "themes"]
    assert found["query"] == "people keep leaving"
    assert 1 <= len(found["results"]) <= 5
    scores = [result["score"] for result in found["results"]]
    assert scores == sorted(scores, reverse=True)
    for result in found["results"]:
        strategy = library.strategy(result["id"])
        assert strategy
        assert (result["title"], result["theme"]) == (strategy.title, strategy.theme_id)
    assert "staffing" in found["themes"]


def test_an_id_gives_that_strategy_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lookup", " Trust 2", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [result["id"] for result in found["results"]] == ["trust-2"]
    assert found["themes"] == ["trust"]


@pytest.mark.parametrize(("text", "themes"), [("pizza", []), ("trust-99", ["trust"])])
def test_when_nothing_fits_the_results_are_empty(
    capsys: pytest.CaptureFixture[str], text: str, themes: list[str]
) -> None:
    assert main(["lookup", text, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"query": text, "results": [], "themes": themes}


def test_words_for_people_have_title_text_and_source(
    capsys: pytest.CaptureFixture[str], library: Library
) -> None:
    assert main(["lookup", "trust-2"]) == 0
    shown = capsys.readouterr().out
    strategy = library.strategy("trust-2")
    assert strategy
    for words in (strategy.title, strategy.text, strategy.source, "Trust and respect"):
        assert words in shown


@pytest.mark.parametrize(("text", "words"), [("pizza", "staffing"), ("trust-99", "trust  Trust and respect")])
def test_words_for_people_say_when_nothing_fits(
    capsys: pytest.CaptureFixture[str], text: str, words: str
) -> None:
    assert main(["lookup", text]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Nothing fits.")
    assert words in shown


def test_a_batch_gives_one_line_of_json_for_each_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    questions = ["trust-2", "", "people keep leaving", "ñandú <!channel>", "trust-1"]
    (tmp_path / "questions.txt").write_bytes("\r\n".join(questions).encode("utf-8-sig") + b"\n")
    assert main(["lookup", "--batch", "questions.txt"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["query"] for line in lines] == questions
    assert [bool(line["results"]) for line in lines] == [True, False, True, False, True]


def test_an_empty_question_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lookup", "  "]) == 1
    assert "There is nothing to look for." in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["lookup"], ["lookup", "trust", "--batch", "file"]])
def test_either_a_question_or_a_file_is_needed(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    with pytest.raises(SystemExit) as raised:
        main(arguments)
    assert raised.value.code == 2
    assert "--batch" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["lookup", "--batch", "none.txt"]) == 1
    assert capsys.readouterr().err == "none.txt cannot be read: No such file or directory.\n"
    assert main(["lookup", "--batch", str(tmp_path)]) == 1
    assert "cannot be read: Is a directory." in capsys.readouterr().err
    (tmp_path / "latin.txt").write_bytes("Café".encode("latin-1"))
    assert main(["lookup", "--batch", "latin.txt"]) == 1
    assert capsys.readouterr().err == "latin.txt is not UTF-8 text.\n"


def test_faults_of_a_content_folder_are_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KNOWLEDGE_DIR", str(tmp_path / "none"))
    assert main(["lookup", "trust"]) == 1
    assert "there is no such folder" in capsys.readouterr().err


def test_an_env_file_that_is_no_text_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xff\xfe")
    assert main(["lookup", "trust"]) == 1
    assert ".env is not UTF-8 text" in capsys.readouterr().err
