"""The record as Markdown: what the Word file says, in what a canvas takes, with nobody's markup in it."""

import re

import pytest

from bot.exports.markdown_text import plain
from bot.ranking.record.markdown import MOST_CELLS, markdown_file
from storage.records.rankings import Item, Rules
from tests.bot.ranking.record.examples import AGENCIES, ITEMS, make_record

HEADINGS = [
    "## The outcome",
    "### Who differs, and why",
    "## The rules",
    "## The people",
    "## The statements",
    "## The steps",
    "## What was announced",
    "## How it was counted",
]


def tables(text: str) -> list[list[list[str]]]:
    """Each table as its rows of cells, the rule under the header left out."""
    found = []
    for part in text.split("\n\n"):
        if part.startswith("| "):
            lines = [line for line in part.split("\n") if not line.startswith("| ---")]
            found.append([[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines])
    return found


def test_every_part_of_the_record_has_its_heading_in_order() -> None:
    lines = markdown_file(make_record()).split("\n")
    assert [line for line in lines if line in HEADINGS] == HEADINGS
    assert sum(line.startswith("### Step") for line in lines) == 9
    assert not [line for line in lines if line.startswith("####")], "a canvas has three levels"


def test_orders_agencies_and_movement_are_tables_of_equal_width() -> None:
    found = tables(markdown_file(make_record()))
    heads = [table[0] for table in found]
    assert heads.count(["Place", "Statement", "Middle place", "Places given"]) == 2
    assert heads.count(["Statement", "Before", "Now", "Change"]) == 1
    assert sum(head[0] == "Statement" and "Police (3 people)" in head for head in heads) == 1
    for table in found:
        assert {len(row) for row in table} == {len(table[0])}
        assert len(table) * len(table[0]) <= MOST_CELLS


def test_a_table_that_a_canvas_cannot_hold_is_a_list() -> None:
    many = {f"Person {number:03} Example": "Elm School" for number in range(100)}
    text = markdown_file(make_record(agencies=many, stages=[]))
    assert "Name" not in [table[0][0] for table in tables(text)]
    assert "- Name: Person 042 Example; Agency: Elm School" in text


def test_an_anonymous_record_names_nobody_but_in_the_list_of_people() -> None:
    text = markdown_file(make_record(rules=Rules(anonymous=True)))
    before, _, rest = text.partition("## The people")
    people, _, after = rest.partition("## The statements")
    told = before + after.partition("## What was announced")[0]
    for name in AGENCIES:
        assert name in people
        assert name not in told.replace("Anna Example facilitated it, with Ben Example.", "")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# not a heading", "\\# not a heading"),
        ("- not a list", "\\- not a list"),
        ("1. not a list", "1\\. not a list"),
        ("![](@U0BEN)", "\\!\\[\\](@U0BEN)"),
        ("[click](https://example.org)", "\\[click\\](https://example.org)"),
        ("a | b", "a \\| b"),
        ("two\nlines", "two lines"),
        ("<@U0BEN> `code` *bold* _it_ ~no~ \\", "\\<@U0BEN\\> \\`code\\` \\*bold\\* \\_it\\_ \\~no\\~ \\\\"),
        ("2026 was good", "2026 was good"),
    ],
)
def test_nothing_that_a_person_wrote_is_markup(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_statements_with_markup_stay_words_everywhere() -> None:
    items = (Item("s-1", "# Big | <@U0BEN>", "![](#C0)"), *ITEMS[1:])
    text = markdown_file(make_record(items=items))
    assert "\n# " not in text
    assert "![](" not in text
    assert all(len(row) == len(table[0]) for table in tables(text) for row in table)
