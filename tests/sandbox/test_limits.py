"""Slack's limits of blocks, one refused case a line, each beside the largest that passes."""

import pytest

from sandbox.limits import message_faults
from tests.sandbox.blocks import (
    Json,
    actions,
    asked,
    button,
    confirm,
    mrkdwn,
    option,
    options,
    picture,
    plain,
    rich,
    section,
    select,
    several_buttons,
    text_input,
)

SOUND_BLOCKS = [
    section("x" * 3000),
    section(fields=[mrkdwn("x" * 900)] * 10) | {"text": mrkdwn("x")},
    section(accessory=button(value="v" * 2000)),
    {"type": "header", "text": plain("x" * 150)},
    {"type": "divider"},
    {"type": "context", "elements": [mrkdwn("x")] * 10},
    actions(*several_buttons(25)),
    actions(button(text=plain("x" * 75))),
    actions(select(options=options(100))),
    actions(select(option_groups=[{"label": plain("x" * 75), "options": options(3)}])),
    actions(select("radio_buttons", options=options(10))),
    actions(select("checkboxes", options=[option("x" * 75, "v" * 150, description=plain("d" * 75))])),
    actions(select("overflow", options=options(5))),
    actions(select("external_select", min_query_length=0)),
    actions(select("datepicker", initial_date="2026-02-28")),
    actions(select("timepicker", initial_time="23:59", timezone="Europe/London")),
    actions(select("datetimepicker", initial_date_time=1_800_000_000)),
    actions(select("multi_users_select", max_selected_items=1)),
    asked(text_input(max_length=3000, initial_value="x" * 3000)),
    picture(),
    rich({"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}),
    rich(
        {"type": "rich_text_list", "style": "bullet", "indent": 8, "elements": []}
        | {"elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}]}
    ),
    {"type": "markdown", "text": "# Words"},
    {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 20] * 3},
    {
        "type": "data_visualization",
        "title": "Places",
        "chart": {"type": "pie", "segments": [{"label": "A", "value": 1}]},
    },
    {"type": "container", "title": plain("T"), "child_blocks": [section()]},
]


@pytest.mark.parametrize("block", SOUND_BLOCKS, ids=lambda block: str(block["type"]))
def test_what_is_within_the_limits_passes(block: Json) -> None:
    assert message_faults({"text": "t", "blocks": [block]}) == []


REFUSED_BLOCKS: list[tuple[Json, str]] = [
    (section(""), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    (section("x" * 3001), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    ({"type": "section"}, "missing required field: text or fields [json-pointer:/blocks/0]"),
    (
        {"type": "section", "fields": [mrkdwn("x")] * 11},
        "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
    ),
    (
        {"type": "section", "fields": [mrkdwn("x" * 2001)]},
        "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
    ),
    (section(colour="red"), "invalid additional property: colour [json-pointer:/blocks/0]"),
    (
        {"type": "header", "text": plain("x" * 151)},
        "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
    ),
    ({"type": "header", "text": mrkdwn("x")}, "must be one of plain_text [json-pointer:/blocks/0/text/type]"),
    (
        {"type": "context", "elements": [mrkdwn("x")] * 11},
        "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
    ),
    (
        {"type": "context", "elements": [button()]},
        "unsupported type: button [json-pointer:/blocks/0/elements/0]",
    ),
    (actions(), "must not be empty [json-pointer:/blocks/0/elements]"),
    (
        actions(*several_buttons(26)),
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    (actions(button(), button()), "action_id go must be unique [json-pointer:/blocks/0/elements]"),
    (
        actions(button(text=plain("x" * 76))),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
    ),
    (
        actions(button(value="x" * 2001)),
        "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
    ),
    (
        actions(button(url="x" * 3001)),
        "must be less than 3001 characters [json-pointer:/blocks/0/elements/0/url]",
    ),
    (
        actions(button(accessibility_label="x" * 76)),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/accessibility_label]",
    ),
    (
        actions(button(style="loud")),
        "must be one of primary, danger [json-pointer:/blocks/0/elements/0/style]",
    ),
    (
        actions(button(action_id="x" * 256)),
        "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]",
    ),
    (
        actions(button(confirm=confirm(title=plain("x" * 101)))),
        "must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]",
    ),
    (
        actions(button(confirm=confirm(text=plain("x" * 301)))),
        "must be less than 301 characters [json-pointer:/blocks/0/elements/0/confirm/text/text]",
    ),
    (
        actions(button(confirm=confirm(deny=plain("x" * 31)))),
        "must be less than 31 characters [json-pointer:/blocks/0/elements/0/confirm/deny/text]",
    ),
    (
        actions(select(options=options(101))),
        "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        actions(select(options=[])),
        "must not be empty [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        actions(select(options=[option("x" * 76)])),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]",
    ),
    (
        actions(select(options=[option(value="x" * 151)])),
        "must be less than 151 characters [json-pointer:/blocks/0/elements/0/options/0/value]",
    ),
    (
        actions(select(options=[option(description=plain("x" * 76))])),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/description/text]",
    ),
    (
        actions(select(options=[{"text": mrkdwn("x"), "value": "x"}])),
        "must be one of plain_text [json-pointer:/blocks/0/elements/0/options/0/text/type]",
    ),
    (
        actions(select(options=[option(), option()])),
        "option values must be unique [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        actions(select(options=[option()], initial_option=option("B", "b"))),
        "initial_option must exactly match a provided option "
        "[json-pointer:/blocks/0/elements/0/initial_option]",
    ),
    (
        actions(select(options=[option(url="https://example.org")])),
        "invalid additional property: url [json-pointer:/blocks/0/elements/0/options/0]",
    ),
    (
        actions(select(option_groups=[{"label": plain("x" * 76), "options": options(1)}])),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/option_groups/0/label/text]",
    ),
    (
        actions(select()),
        "must define exactly one of options and option_groups [json-pointer:/blocks/0/elements/0]",
    ),
    (
        actions(select(options=[option()], placeholder=plain("x" * 151))),
        "must be less than 151 characters [json-pointer:/blocks/0/elements/0/placeholder/text]",
    ),
    (
        actions(select("radio_buttons", options=options(11))),
        "no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        actions(select("checkboxes", options=options(11))),
        "no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        actions(select("overflow", options=options(6))),
        "no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        actions(select("multi_static_select", options=[option()], max_selected_items=0)),
        "must be between 1 and 100 [json-pointer:/blocks/0/elements/0/max_selected_items]",
    ),
    (
        actions(select("datepicker", initial_date="28/02/2026")),
        "must be a date as YYYY-MM-DD [json-pointer:/blocks/0/elements/0/initial_date]",
    ),
    (
        actions(select("timepicker", initial_time="25:00")),
        "must be a time as HH:mm [json-pointer:/blocks/0/elements/0/initial_time]",
    ),
    (
        actions(select("slider")),
        "unsupported type: slider [json-pointer:/blocks/0/elements/0]",
    ),
    (
        asked(select("file_input")),
        "unsupported type: file_input is not available in a message [json-pointer:/blocks/0/element]",
    ),
    (
        asked(select("number_input", is_decimal_allowed=False)),
        "unsupported type: number_input is not available in a message [json-pointer:/blocks/0/element]",
    ),
    (
        asked(text_input(max_length=3001)),
        "must be between 1 and 3000 [json-pointer:/blocks/0/element/max_length]",
    ),
    (
        asked(text_input(max_length=5, initial_value="x" * 6)),
        "must be less than 6 characters [json-pointer:/blocks/0/element/initial_value]",
    ),
    (
        asked(text_input(), label=plain("x" * 2001)),
        "must be less than 2001 characters [json-pointer:/blocks/0/label/text]",
    ),
    (
        asked(text_input(), hint=plain("x" * 2001)),
        "must be less than 2001 characters [json-pointer:/blocks/0/hint/text]",
    ),
    (asked(button()), "unsupported type: button [json-pointer:/blocks/0/element]"),
    (picture(alt_text=None), "missing required field: alt_text [json-pointer:/blocks/0]"),
    (
        picture(slack_file={"id": "F1"}),
        "must define exactly one of image_url and slack_file [json-pointer:/blocks/0]",
    ),
    (
        picture(title=plain("x" * 2001)),
        "must be less than 2001 characters [json-pointer:/blocks/0/title/text]",
    ),
    (rich({"type": "poem"}), "unsupported type: poem [json-pointer:/blocks/0/elements/0]"),
    (
        rich({"type": "rich_text_section", "elements": [{"type": "text", "text": ""}]}),
        "missing required field: text [json-pointer:/blocks/0/elements/0/elements/0]",
    ),
    (
        rich({"type": "rich_text_list", "style": "bullet", "indent": 9, "elements": []}),
        "must be between 0 and 8 [json-pointer:/blocks/0/elements/0/indent]",
    ),
    ({"type": "banner"}, "unsupported type: banner [json-pointer:/blocks/0]"),
    (
        {"type": "alert", "text": plain("x")},
        "unsupported type: alert is not available in a message [json-pointer:/blocks/0]",
    ),
    (
        {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 21]},
        "no more than 20 items allowed [json-pointer:/blocks/0/rows/0]",
    ),
    (
        {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]] * 101},
        "no more than 100 items allowed [json-pointer:/blocks/0/rows]",
    ),
    (
        {"type": "data_visualization", "chart": {"type": "pie", "segments": [{"label": "A", "value": 0}]}},
        "must be positive [json-pointer:/blocks/0/chart/segments/0/value]",
    ),
    (
        {"type": "container", "child_blocks": [section()] * 11},
        "no more than 10 items allowed [json-pointer:/blocks/0/child_blocks]",
    ),
    (section(block_id="x" * 256), "must be less than 256 characters [json-pointer:/blocks/0/block_id]"),
]


@pytest.mark.parametrize(("block", "fault"), REFUSED_BLOCKS, ids=lambda value: str(value)[:60])
def test_what_is_over_a_limit_is_named(block: Json, fault: str) -> None:
    assert fault in message_faults({"text": "t", "blocks": [block]})
