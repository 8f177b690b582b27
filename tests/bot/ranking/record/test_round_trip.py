"""The files of a record, counted by the command line's own reader."""

import csv
import io
import json
from pathlib import Path

import pytest

from bot.ranking.counting.ballots import Weighting
from bot.ranking.counting.file_faults import BallotFileError
from bot.ranking.counting.tally import tally_file
from bot.ranking.record.csv_file import csv_file
from bot.ranking.record.json_file import json_file
from storage.records.rankings import Item, Rules
from tests.bot.ranking.record.examples import AGENCIES, ITEMS, make_record

FORMULAS = tuple(
    Item(item.id, title, "")
    for item, title in zip(
        ITEMS,
        ("=1+1", "+x", "-x", "@x", "count", "a, b; c", 'the "best"', "two\nlines", "\U0001f600 مرحبا", "Z"),
        strict=True,
    )
)


@pytest.mark.parametrize("weights", ["person", "agency"])
@pytest.mark.parametrize("anonymous", [False, True])
@pytest.mark.parametrize("items", [ITEMS, FORMULAS])
def test_both_files_count_to_the_order_bands_and_distance_of_the_record(
    tmp_path: Path, weights: Weighting, anonymous: bool, items: tuple[Item, ...]
) -> None:
    record = make_record(rules=Rules(weights=weights, anonymous=anonymous), items=items)
    path = tmp_path / "file.json"
    path.write_text(json_file(record), encoding="utf-8")
    whole = record.rounds[-1].order.tally
    if not (anonymous and weights == "agency"):  # then the last round's agencies are withheld
        assert tally_file(path, weights) == whole
    for counted in record.rounds:
        if counted.withheld and weights == "agency":
            continue
        path = tmp_path / "file.csv"
        path.write_text(csv_file(counted), encoding="utf-8", newline="")
        found, told = tally_file(path, weights), counted.order.tally
        assert list(found.bands.values()) == list(told.bands.values())
        assert (found.distance, found.orders_optimal) == (told.distance, told.orders_optimal)
        assert (found.order is None) == (told.order is None)


def test_a_statement_that_nobody_placed_stays_in_the_count(tmp_path: Path) -> None:
    record = make_record(agencies={"Anna Example": "Elm School"})
    counted = record.rounds[0]
    path = tmp_path / "file.json"
    path.write_text(json_file(make_record(stages=None, agencies={"Anna Example": ""})), encoding="utf-8")
    assert tally_file(path).items == tuple(statement.label for statement in record.statements[:9])
    assert counted.order.tally.ballots == 1


def test_no_cell_of_the_ballots_is_run_as_a_formula() -> None:
    agencies = {"=HYPERLINK(1)": "@SUM(1)", "+Ben": "-1", "Cara": "Elm School"}
    counted = make_record(items=FORMULAS, agencies=agencies).rounds[0]
    text = csv_file(counted)
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text[1:])))
    assert rows[0][:6] == ["voter", "agency", "'=1+1", "'+x", "'-x", "'@x"]
    assert sorted(row[0] for row in rows[1:]) == ["'+Ben", "'=HYPERLINK(1)", "Cara"]
    assert not [cell for row in rows for cell in row if cell[:1] in tuple("=+-@")]


def test_anonymous_ballots_have_numbers_and_no_agency_where_that_is_withheld() -> None:
    two = dict.fromkeys(list(AGENCIES)[:2], "Elm School")
    (first, _second), (second, _last) = (
        make_record(rules=Rules(anonymous=True), agencies=agencies).rounds for agencies in (AGENCIES, two)
    )
    assert csv_file(first).startswith('\ufeff"voter","agency",')
    rows = list(csv.reader(io.StringIO(csv_file(second)[1:])))
    assert rows[0][:2] == ["voter", "Families tell their story once"]
    assert [row[0] for row in rows[1:]] == ["1", "2"]


def test_the_json_tells_everything_with_plain_values() -> None:
    told = json.loads(json_file(make_record()))
    record = told["record"]
    assert (told["format"], told["version"], told["weights"]) == ("common-ground-ranking", 1, "person")
    assert record["started_at"] == "2026-03-02T09:30:00+00:00"
    assert record["rules"]["quorum"] == "half"
    assert record["stages"][2]["result"]["stands"][0]["position"] == "block"
    assert record["stages"][6]["result"]["order"]["tally"]["bands"]["Families tell their story once"] == [
        1,
        1,
    ]
    assert record["stages"][6]["result"]["agreement"]["w_random"] == pytest.approx(1 / 11)
    assert record["stages"][6]["result"]["movement"][0]["before"] == [1, 1]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ({"items": [], "ballots": []}, "holds no ballots"),
        ({"ballots": [{"voter": "1", "ranking": [["A"]]}]}, "lists no items"),
        ({"items": "A", "ballots": [{"voter": "1", "ranking": [["A"]]}]}, "lists no items"),
        ({"items": [7], "ballots": [{"voter": "1", "ranking": [["A"]]}]}, "Item 1: a text is missing"),
        ({"items": ["A"]}, "must be a list of ballots"),
    ],
)
def test_a_record_that_cannot_be_counted_is_refused_in_words(
    tmp_path: Path, content: dict[str, object], fault: str
) -> None:
    path = tmp_path / "file.json"
    path.write_text(json.dumps({"format": "common-ground-ranking", **content}), encoding="utf-8")
    with pytest.raises(BallotFileError, match=fault):
        tally_file(path)


def test_a_record_without_a_round_holds_no_ballots(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_text(json_file(make_record(stages=[])), encoding="utf-8")
    with pytest.raises(BallotFileError, match="holds no ballots"):
        tally_file(path)
