"""Names of files from what people wrote."""

import pytest

from bot.exports.file_names import file_name


@pytest.mark.parametrize(
    ("title", "part", "name"),
    [
        ("Trust first", "", "trust-first.csv"),
        ("Trust first", "ballots", "trust-first-ballots.csv"),
        ("../../etc/passwd", "ballots", "etc-passwd-ballots.csv"),
        ("\U0001f600", "", "ranking.csv"),
        ("CON:", "", "ranking.csv"),
        ("word " * 200, "x", f"{'word-' * 11}word-x.csv"),
    ],
)
def test_a_name_is_safe_everywhere_and_tells_what_is_in_the_file(title: str, part: str, name: str) -> None:
    assert file_name(title, "csv", "ranking", part) == name
