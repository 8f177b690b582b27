import re

import pytest

from bot.ranking.counting.ballots import Ballot
from bot.ranking.counting.csv_file import parse_csv
from bot.ranking.counting.file_faults import BallotFileError


def test_places_ties_gaps_agency_and_count() -> None:
    items, ballots = parse_csv(
        "voter,agency,count,Trust,Clear roles,Training\nAnn,Elm School,2,1,3,1\nBen,,,,7,2\n"
    )
    assert items == ["Trust", "Clear roles", "Training"]
    assert ballots == [
        Ballot("Ann", (("Trust", "Training"), ("Clear roles",)), "Elm School", 2),
        Ballot("Ben", (("Training",), ("Clear roles",))),
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators(separator: str) -> None:
    text = f"voter{separator}A, or else{separator}B\nAnn{separator}1{separator}2\n"
    if separator == ",":
        text = text.replace("A, or else", '"A, or else"')
    assert parse_csv(text) == (["A, or else", "B"], [Ballot("Ann", (("A, or else",), ("B",)))])


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_and_blank_lines(line_end: str) -> None:
    text = line_end.join(["", "voter,A,B", "", "Ann,1,2", " , ,", "Ben,2,1", ""])
    assert [ballot.voter for ballot in parse_csv(text)[1]] == ["Ann", "Ben"]


def test_columns_in_any_order_and_case() -> None:
    assert parse_csv(" A ,Count,B,VOTER\n1,3,2,Ann\n") == (
        ["A", "B"],
        [Ballot("Ann", (("A",), ("B",)), count=3)],
    )


def test_a_quoted_item_over_two_lines_is_one_item() -> None:
    items, _ = parse_csv('voter,"Clear\nroles",B\nAnn,1,2\n')
    assert items == ["Clear roles", "B"]


def test_empty_columns_at_the_end_are_passed_over() -> None:
    assert parse_csv("voter,A,B,,\nAnn,1,2,,,,\n")[0] == ["A", "B"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Ann,1,2\nBen,2,1\n", 'Line 1: the header has no column "voter"'),
        ("name,A,B\nAnn,1,2\n", 'Line 1: the header has no column "voter"'),
        ("\n\nname,A,B\n", 'Line 3: the header has no column "voter"'),
        ("voter,agency,count\nAnn,x,1\n", "Line 1: the header names no items"),
        ("voter,A,B\n", "has a header but no ballots"),
        ("voter,A,A \nAnn,1,2\n", 'Line 1: the column "A" appears twice'),
        ("voter,A,Voter\nAnn,1,2\n", 'Line 1: the column "voter" appears twice'),
        ("voter,A,B\nAnn,1,2\nBen,0,1\n", 'Line 3, column "A": "0" is not a place'),
        ("voter,A,B\nAnn,1,-2\n", 'Line 2, column "B": "-2" is not a place'),
        ("voter,A,B\nAnn,1.5,2\n", 'Line 2, column "A": "1.5" is not a place'),
        ("voter,A,B\nAnn,first,2\n", 'Line 2, column "A": "first" is not a place'),
        ("voter,A,B\nAnn,²,2\n", 'Line 2, column "A": "²" is not a place'),
        ("voter,A,B\nAnn,=1+1,2\n", 'Line 2, column "A": "=1+1" is not a place'),
        (f"voter,A,B\nAnn,{'9' * 5000},2\n", 'Line 2, column "A": "9999'),
        ("voter,A,B\nAnn,,\n", "Line 2: no item has a place"),
        ("voter,A,B\n ,1,2\n", "Line 2: the voter is missing"),
        ("voter,A,B\nAnn,1,2\nBen,2,1\nAnn,2,1\n", 'Line 4: voter "Ann" is already on line 2'),
        ("voter,count,A,B\nAnn,0,1,2\n", 'Line 2, column count: "0" is not a number of voters'),
        ("voter,count,A,B\nAnn,-1,1,2\n", 'Line 2, column count: "-1" is not a number of voters'),
        ("voter,count,A,B\nAnn,two,1,2\n", 'Line 2, column count: "two" is not a number of voters'),
        ("voter,count,A,B\nAnn,1000000001,1,2\n", "Write a whole number from 1 to 1,000,000,000"),
        ("voter,A,B\nAnn,1\n", "Line 2 has 2 cells, but the header has 3"),
        ("voter,A,B\nAnn,1,2,3\n", "Line 2 has 4 cells, but the header has 3"),
        ("voter,A,,B\nAnn,1,9,2\n", 'Line 2, column 3: "9" stands in a column without a name'),
        ('voter,A,B\nAnn,"1"x,2\n', "Line 2: ',' expected after '\"'. Check the quotation marks"),
        ('voter,A,B\nAnn,1,2\nBen,"1,2\nCas,1,2\n', "Line 3: unexpected end of data. Check the quotation"),
        (f"voter,A,B\nAnn,{'x' * 200_000},2\n", "Line 2: field larger than field limit"),
        ("voter,A\x1b[2J,B\nAnn,1,2\n", "Line 1, column 2 contains a control character"),
        ("voter," + ",".join(f"item {n}" for n in range(501)) + "\n", "has 501 items. At most 500"),
    ],
)
def test_faults_are_named_with_their_place(text: str, fault: str) -> None:
    with pytest.raises(BallotFileError, match=re.escape(fault)) as refused:
        parse_csv(text)
    assert len(str(refused.value)) < 250
    assert str(refused.value).isprintable()


def test_the_highest_count_is_taken() -> None:
    assert parse_csv("voter,count,A\nAnn,1000000000,1\n")[1][0].count == 1_000_000_000
