"""`python -m bot export` and `import` on a real database."""

import asyncio
import csv
import io
import json
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from storage.open import open_store
from storage.records.case_studies import CaseStudy
from tests.bot.case_studies.examples import make_study


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite:///{tmp_path}/one.db"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    asyncio.run(keep(url, [make_study(), make_study({}, study_id="s2", status="draft", title="")]))
    return url


async def keep(url: str, studies: list[CaseStudy]) -> None:
    store = await open_store(url)
    for study in studies:
        await store.case_studies.import_case_study(study)
    await store.close()


async def kept(url: str) -> list[CaseStudy]:
    store = await open_store(url)
    studies = [study async for study in store.case_studies.all_case_studies()]
    await store.close()
    return studies


def run(coroutine: Coroutine[Any, Any, list[CaseStudy]]) -> list[CaseStudy]:
    return asyncio.run(coroutine)


def test_json_out_and_in_again_loses_nothing(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file, other = tmp_path / "out.json", f"sqlite:///{tmp_path}/two.db"
    assert main(["export", "--format", "json", "--out", str(file)]) == 0
    monkeypatch.setenv("DATABASE_URL", other)
    assert main(["import", str(file)]) == 0
    assert capsys.readouterr().out == "Imported: 2. Known already and left as they were: 0.\n"
    assert run(kept(other)) == run(kept(database))


def test_what_is_known_already_is_skipped_and_counted(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "out.json"
    assert main(["export", "--format", "json", "--out", str(file)]) == 0
    whole = json.loads(file.read_text())
    whole["case_studies"][0]["title"] = "Changed in the file"
    whole["case_studies"].append({**whole["case_studies"][1], "id": "s3"})
    file.write_text(json.dumps(whole))
    before = run(kept(database))
    assert main(["import", str(file)]) == 0
    assert capsys.readouterr().out == "Imported: 1. Known already and left as they were: 2.\n"
    assert [study for study in run(kept(database)) if study.id != "s3"] == before


@pytest.mark.usefixtures("database")
def test_csv_goes_to_the_screen_without_out(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["export", "--format", "csv"]) == 0
    text = capfdbinary.readouterr().out.decode()
    assert text.startswith("\ufeff")
    assert [row["id"] for row in csv.DictReader(io.StringIO(text[1:]))] == ["s1", "s2"]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b'{"format": "other"}', "format: 'common-ground-case-studies' was expected"),
        (b"id;title\n1;2\n", "not JSON"),
        (b"\xff\xfe\x00", "not text in UTF-8"),
    ],
)
def test_a_malformed_file_is_named_and_imports_nothing(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, fault: str
) -> None:
    file = tmp_path / "bad.json"
    file.write_bytes(content)
    before = run(kept(database))
    assert main(["import", str(file)]) == 1
    said = capsys.readouterr().err
    assert f"{file}: " in said
    assert fault in said
    assert run(kept(database)) == before


def test_one_fault_in_many_imports_nothing(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "out.json"
    assert main(["export", "--format", "json", "--out", str(file)]) == 0
    whole = json.loads(file.read_text())
    good, bad = {**whole["case_studies"][0], "id": "s8"}, {**whole["case_studies"][0], "id": "s9", "title": 9}
    file.write_text(json.dumps({**whole, "case_studies": [good, bad]}))
    before = run(kept(database))
    assert main(["import", str(file)]) == 1
    assert (
        "case_studies[1].title: 9 is not of type 'string'\nNothing was imported." in capsys.readouterr().err
    )
    assert run(kept(database)) == before


@pytest.mark.usefixtures("database")
def test_a_file_that_cannot_be_read_or_written_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(tmp_path / "nowhere.json")]) == 1
    assert "nowhere.json cannot be read: No such file or directory." in capsys.readouterr().err
    assert main(["export", "--format", "csv", "--out", str(tmp_path / "no" / "where.csv")]) == 1
    assert "where.csv cannot be written: No such file or directory." in capsys.readouterr().err


def test_export_makes_no_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/none.db")
    assert main(["export", "--format", "json"]) == 1
    assert "none.db" in capsys.readouterr().err
    assert not (tmp_path / "none.db").exists()
