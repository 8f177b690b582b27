"""Statements as people paste them, and the list in a message."""

import pytest

from bot.errors import UserError
from bot.ranking.setup.own_statements import LONGEST, listed_in, statement_faults, statement_items
from bot.ranking.setup.topics import own_topic

THREE = "Trust\nTime\nMoney"


@pytest.mark.parametrize(
    "typed",
    [
        THREE,
        "- Trust\n* Time\n+ Money",
        "• Trust\n  ◦ Time\n– Money",
        "1. Trust\n2) Time\n(3) Money",
        "a) Trust\n\n\nb) Time\r\nc. Money\n  \n-\n",
    ],
)
def test_marks_and_empty_lines_are_no_part_of_a_statement(typed: str) -> None:
    assert statement_faults(typed) == ""
    assert [(item.id, item.title, item.text) for item in statement_items(typed)] == [
        ("own-1", "Trust", ""),
        ("own-2", "Time", ""),
        ("own-3", "Money", ""),
    ]


def test_words_that_only_begin_like_a_mark_stay() -> None:
    typed = "A good start\n3 people in a team\n-5 degrees in the hall"
    assert [item.title for item in statement_items(typed)] == typed.splitlines()


def test_a_long_statement_has_a_short_title_and_its_whole_text() -> None:
    item = statement_items("x" * 100)[0]
    assert (len(item.title), item.text) == (75, "x" * 100)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "These are 0 statements, and a ranking needs at least 3"),
        ("Trust", "This is 1 statement, and"),
        (
            "\n".join(str(at) for at in range(28)),
            "These are 28 statements, and a ranking takes at most 25. Take 3 out.",
        ),
        ("Trust\n\ntime\nMoney\n- Time.", "Line 5 (“Time.”) is the same as line 3: take one of them out."),
        (
            f"{THREE}\n{'y' * 301}",
            f"Line 4 (“{'y' * 39}…”) has 301 characters, and a statement has at most {LONGEST}",
        ),
    ],
)
def test_what_has_to_change_is_named_with_its_line(typed: str, words: str) -> None:
    assert words in statement_faults(typed)
    with pytest.raises(UserError) as told:
        own_topic("Ours", typed)
    assert words in str(told.value)


def test_many_faults_are_told_in_few_words() -> None:
    told = statement_faults("\n".join(["Trust"] * 12))
    assert told.count("the same as") == 4
    assert "And 7 more like these." in told


def test_a_message_with_a_list_gives_its_lines_and_the_words_before_it() -> None:
    message = "Morning all.\nWhat should we begin with:\n• Trust\n• Time\n• Money\nTell me by noon"
    found = listed_in(message, 3000)
    assert found.title == "What should we begin with"
    assert found.statements == THREE
    assert found.left_out == 0


def test_a_message_without_marks_gives_every_line() -> None:
    assert listed_in(f"{THREE}\n", 3000).statements == THREE
    assert listed_in("One\n- Two", 3000).statements == "One\nTwo"
    assert listed_in("", 3000).statements == ""


def test_of_a_message_that_is_too_long_the_last_lines_are_counted() -> None:
    found = listed_in("\n".join(f"- {'z' * 9}{at}" for at in range(5)), 25)
    assert found.statements == "zzzzzzzzz0\nzzzzzzzzz1"
    assert found.left_out == 3
