import json
from typing import Any

import pytest

from bot.ranking.counting.ballots import Ballot
from bot.ranking.counting.file_faults import BallotFileError
from bot.ranking.counting.json_file import parse_json

ANN = {"voter": "Ann", "ranking": [["A"], ["B"]]}


def test_items_in_order_of_first_appearance() -> None:
    items, ballots = parse_json(
        json.dumps(
            [
                {"voter": "Ann", "agency": "Elm School", "count": 2, "ranking": [["C"], ["A", "B"]]},
                {"voter": "Ben", "agency": None, "count": None, "ranking": [["D "], ["A"]]},
                {"voter": "Cas", "agency": "", "ranking": [["C"]]},
            ]
        )
    )
    assert items == ["C", "A", "B", "D"]
    assert ballots == [
        Ballot("Ann", (("C",), ("A", "B")), "Elm School", 2),
        Ballot("Ben", (("D",), ("A",))),
        Ballot("Cas", (("C",),)),
    ]


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ({"voter": "Ann"}, "must be a list of ballots"),
        ("Ann", "must be a list of ballots"),
        ([], "lists no ballots"),
        ([ANN, ["A", "B"]], "Entry 2 is not a ballot"),
        ([None], "Entry 1 is not a ballot"),
        ([{"ranking": [["A"]]}], "Entry 1, voter: a text is missing"),
        ([{"voter": " ", "ranking": [["A"]]}], "Entry 1, voter: a text is missing"),
        ([{"voter": 7, "ranking": [["A"]]}], "Entry 1, voter: a text is missing"),
        ([ANN | {"agency": 7}], "Entry 1, agency: a text is missing"),
        ([ANN | {"agnecy": "Elm"}], 'Entry 1 has a field "agnecy" that is not known'),
        ([ANN, ANN], 'Entry 2: voter "Ann" is already in entry 1'),
        ([ANN | {"count": 0}], 'Entry 1, count: "0" is not a number of voters'),
        ([ANN | {"count": 1.5}], 'Entry 1, count: "1.5" is not a number'),
        ([ANN | {"count": True}], 'Entry 1, count: "true" is not a number'),
        ([ANN | {"count": "2"}], "Entry 1, count: .* is not a number"),
        ([ANN | {"count": 10**9 + 1}], "from 1 to 1,000,000,000"),
        ([{"voter": "Ann"}], "Entry 1, ranking: write a list with one list a place"),
        ([ANN | {"ranking": "AB"}], "Entry 1, ranking: write a list"),
        ([ANN | {"ranking": ["A", "B"]}], "Entry 1, ranking: write a list"),
        ([ANN | {"ranking": []}], "Entry 1, ranking: a place without an item"),
        ([ANN | {"ranking": [["A"], []]}], "Entry 1, ranking: a place without an item"),
        ([ANN | {"ranking": [["A"], [1]]}], "Entry 1, ranking, place 2: a text is missing"),
        ([ANN | {"ranking": [["A"], [["B"]]]}], "Entry 1, ranking, place 2: a text is missing"),
        ([ANN | {"ranking": [[""]]}], "Entry 1, ranking, place 1: a text is missing"),
        ([ANN | {"ranking": [["A"], ["B", "A"]]}], 'Entry 1, ranking: "A" appears twice'),
        ([ANN | {"ranking": [["A\u0007"]]}], "place 1 contains a control character"),
        ([ANN | {"ranking": [["A\ud800"]]}], "place 1 contains a control character"),
        ([ANN | {"ranking": [[str(n)] for n in range(501)]}], "has 501 items. At most 500"),
    ],
)
def test_faults_are_named_with_their_entry(entries: Any, fault: str) -> None:
    with pytest.raises(BallotFileError, match=fault):
        parse_json(json.dumps(entries))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[{"voter": "Ann",\n "ranking": [["A"]}]', "Line 2, column 19: this is not valid JSON"),
        ("[" * 100_000, "nested too deeply"),
        ('[{"voter": "Ann", "voter": "Ben", "ranking": [["A"]]}]', 'gives "voter" twice'),
        ('[{"voter": "Ann", "count": NaN, "ranking": [["A"]]}]', "holds NaN"),
        ('[{"voter": "Ann", "count": ' + "9" * 5000 + ', "ranking": [["A"]]}]', "far too long"),
    ],
)
def test_faults_of_the_text_itself(text: str, fault: str) -> None:
    with pytest.raises(BallotFileError, match=fault):
        parse_json(text)
