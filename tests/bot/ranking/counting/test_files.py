from pathlib import Path

import pytest

from bot.ranking.counting.file_faults import BallotFileError
from bot.ranking.counting.files import parse_ballots, read_ballots

CSV = b"voter,A,B\nAnn,1,2\n"
JSON = b'[{"voter": "Ann", "ranking": [["A"], ["B"]]}]'


@pytest.mark.parametrize(
    ("name", "data"), [("votes.csv", CSV), ("votes.json", JSON), ("votes", CSV), ("votes", JSON)]
)
def test_format_by_name_or_by_content(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    file = read_ballots(path)
    assert file.items == ("A", "B")
    assert file.ballots[0].ranking == (("A",), ("B",))


@pytest.mark.parametrize("data", [CSV, JSON])
def test_byte_order_mark_is_allowed(data: bytes) -> None:
    assert parse_ballots(b"\xef\xbb\xbf" + data) == parse_ballots(data)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "The file is empty"),
        (b"\xef\xbb\xbf \n\n", "The file is empty"),
        ("voter,A\nAnn,1\nRenée,1\n".encode("latin-1"), "Line 3 is not UTF-8"),
        ("voter,A\n".encode("utf-16"), "Line 1 is not UTF-8"),
        (b"voter,A\nAnn,\x001\n", "Line 2 contains a NUL byte"),
    ],
)
def test_files_that_are_not_text(data: bytes, fault: str) -> None:
    with pytest.raises(BallotFileError, match=fault):
        parse_ballots(data)


def test_json_by_name_is_not_read_as_csv(tmp_path: Path) -> None:
    path = tmp_path / "votes.JSON"
    path.write_bytes(CSV)
    with pytest.raises(BallotFileError, match="Line 1, column 1: this is not valid JSON"):
        read_ballots(path)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(BallotFileError, match=r"There is no file .*votes\.csv\. Check the name"):
        read_ballots(tmp_path / "votes.csv")
    with pytest.raises(BallotFileError, match="is a folder"):
        read_ballots(tmp_path)


@pytest.mark.parametrize("name", ["votes.csv/more.csv", "x" * 300 + ".csv", "a\0b.csv"])
def test_path_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "votes.csv").write_bytes(CSV)
    with pytest.raises(BallotFileError, match="cannot be read"):
        read_ballots(tmp_path / name)
