"""Slack's limits of whole messages and views, one refused case a line, beside the largest that passes."""

import pytest

from sandbox.limits import message_faults, view_faults
from tests.sandbox.blocks import Json, actions, asked, home, modal, plain, section, select, text_input


@pytest.mark.parametrize(
    ("payload", "fault"),
    [
        ({"blocks": [section()] * 51}, "no more than 50 items allowed [json-pointer:/blocks]"),
        (
            {"blocks": [section(block_id="a"), section(block_id="a")]},
            "block_id a must be unique [json-pointer:/blocks]",
        ),
        (
            {"blocks": [section("x" * 3000)] * 4 + [section("x")]},
            "msg_blocks_too_long: 12001 characters [json-pointer:/blocks]",
        ),
        ({"text": "x" * 40_001}, "msg_too_long: must be less than 40001 characters [json-pointer:/text]"),
        ({"blocks": []}, "no_text: a message needs text or blocks [json-pointer:/text]"),
        (
            {"blocks": [{"type": "markdown", "text": "x" * 7000}] * 2},
            "markdown text must be less than 12001 characters [json-pointer:/blocks]",
        ),
        ({"blocks": "x"}, "must provide an array [json-pointer:/blocks]"),
        ({"blocks": ["x"]}, "must provide an object [json-pointer:/blocks/0]"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_whole_message_has_limits_of_its_own(payload: Json, fault: str) -> None:
    assert fault in message_faults(payload)


def test_a_message_at_its_largest_passes() -> None:
    assert message_faults({"text": "x" * 40_000, "blocks": [section("x" * 3000)] * 4}) == []
    assert message_faults({"blocks": [section()] * 50}) == []


@pytest.mark.parametrize(
    ("view", "fault"),
    [
        (
            modal(section(), title=plain("x" * 25)),
            "must be less than 25 characters [json-pointer:/view/title/text]",
        ),
        (
            modal(section(), submit=plain("x" * 25)),
            "must be less than 25 characters [json-pointer:/view/submit/text]",
        ),
        (
            modal(section(), close=plain("x" * 25)),
            "must be less than 25 characters [json-pointer:/view/close/text]",
        ),
        (modal(section(), title=None), "missing required field: title [json-pointer:/view]"),
        (
            modal(section(), private_metadata="x" * 3001),
            "must be less than 3001 characters [json-pointer:/view/private_metadata]",
        ),
        (
            modal(section(), callback_id="x" * 256),
            "must be less than 256 characters [json-pointer:/view/callback_id]",
        ),
        (
            modal(asked(text_input()), submit=None),
            "submit is required when an input is in the blocks [json-pointer:/view/submit]",
        ),
        (modal(*[section()] * 101), "no more than 100 items allowed [json-pointer:/blocks]"),
        (home(*[section()] * 101), "no more than 100 items allowed [json-pointer:/blocks]"),
        (
            home(asked(select("number_input", is_decimal_allowed=True))),
            "unsupported type: number_input is not available in a home [json-pointer:/blocks/0/element]",
        ),
        (
            home(actions(select("datetimepicker"))),
            "unsupported type: datetimepicker is not available in a home [json-pointer:/blocks/0/elements/0]",
        ),
        (
            modal(asked(select("file_input"), dispatch_action=True)),
            "not allowed with file_input [json-pointer:/blocks/0/dispatch_action]",
        ),
        (
            modal(asked(select("file_input", max_files=11))),
            "must be between 1 and 10 [json-pointer:/blocks/0/element/max_files]",
        ),
        (
            modal(asked(select("number_input"))),
            "missing required field: is_decimal_allowed [json-pointer:/blocks/0/element]",
        ),
        (
            modal({"type": "markdown", "text": "x"}),
            "unsupported type: markdown is not available in a modal [json-pointer:/blocks/0]",
        ),
        (modal(section(), colour="red"), "invalid additional property: colour [json-pointer:/view]"),
        ({"type": "page", "blocks": []}, "must be one of modal, home [json-pointer:/view/type]"),
        ({"type": "home"}, "missing required field: blocks [json-pointer:/view]"),
        (
            modal(*[section("x" * 2900, block_id=str(number)) for number in range(90)]),
            "view_too_large: must be less than 250001 bytes [json-pointer:/view]",
        ),
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_view_over_a_limit_is_named(view: Json, fault: str) -> None:
    assert fault in view_faults(view)


def test_a_view_at_its_largest_passes() -> None:
    largest = modal(
        *[section()] * 99,
        asked(select("file_input", max_files=10)),
        title=plain("x" * 24),
        close=plain("x" * 24),
        private_metadata="x" * 3000,
        callback_id="x" * 255,
    )
    assert view_faults(largest) == []
    assert view_faults(home(*[section()] * 100)) == []
    assert view_faults(home()) == []
