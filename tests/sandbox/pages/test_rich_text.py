"""`rich_text` and `table` blocks as HTML."""

from typing import Any

from sandbox.pages import rich_text, tables
from tests.sandbox.pages.readers import FixedReader

READER = FixedReader()


def words(text: str, **style: bool) -> dict[str, Any]:
    return {"type": "text", "text": text} | ({"style": style} if style else {})


def section(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(elements)}


def listed(style: str, indent: int, *items: str) -> dict[str, Any]:
    elements = [section(words(item)) for item in items]
    return {"type": "rich_text_list", "style": style, "indent": indent, "elements": elements}


def html(*parts: dict[str, Any]) -> str:
    return rich_text.render({"type": "rich_text", "elements": list(parts)}, READER)


def test_runs_of_text_are_never_markup() -> None:
    assert html(section(words("*a* <b>x</b> :memo: @here"))) == "<p>*a* &lt;b&gt;x&lt;/b&gt; :memo: @here</p>"


def test_styles_are_elements() -> None:
    assert html(section(words("a", bold=True, strike=True))) == "<p><s><strong>a</strong></s></p>"


def test_a_deeper_list_stands_inside_the_item_above() -> None:
    shown = html(listed("ordered", 0, "a", "b"), listed("bullet", 1, "c"), listed("ordered", 0, "d"))
    assert shown == "<ol><li>a</li><li>b<ul><li>c</li></ul></li><li>d</li></ol>"


def test_lists_of_another_kind_stand_apart() -> None:
    shown = html(listed("ordered", 0, "a"), listed("bullet", 0, "b"))
    assert shown == "<ol><li>a</li></ol><ul><li>b</li></ul>"


def test_quotes_preformatted_text_and_all_kinds_of_run() -> None:
    runs = [
        {"type": "user", "user_id": "U2"},
        {"type": "channel", "channel_id": "C1"},
        {"type": "broadcast", "range": "here"},
        {"type": "usergroup", "usergroup_id": "S1"},
        {"type": "emoji", "name": "memo"},
        {"type": "link", "url": "javascript:alert(1)", "text": "bad"},
        {"type": "date", "timestamp": 1907668800, "format": "{date_num}"},
        {"type": "colour", "value": "red"},
    ]
    shown = html({"type": "rich_text_quote", "elements": runs})
    assert shown == (
        '<blockquote><span class="mention">@&lt;b&gt;Dev&lt;/b&gt;</span>'
        '<span class="mention">#team-room</span><span class="mention">@here</span>'
        '<span class="mention">@S1</span>📝bad2030-06-14[colour]</blockquote>'
    )
    assert html({"type": "rich_text_preformatted", "elements": [words("<i>")]}) == "<pre>&lt;i&gt;</pre>"


def test_the_first_row_of_a_table_holds_its_headings() -> None:
    cell = {"type": "rich_text", "elements": [section(words("1 to 3"))]}
    block = {
        "type": "table",
        "column_settings": [None, {"align": "right"}],
        "rows": [
            [{"type": "raw_text", "text": "Statement"}, {"type": "raw_text", "text": "Place"}],
            [{"type": "raw_text", "text": "<b>One</b>"}, cell],
        ],
    }
    assert tables.render(block, READER) == (
        '<table><thead><tr><th scope="col">Statement</th><th scope="col" class="align-right">Place</th></tr>'
        "</thead><tbody><tr><td>&lt;b&gt;One&lt;/b&gt;</td>"
        '<td class="align-right"><p>1 to 3</p></td></tr></tbody></table>'
    )
