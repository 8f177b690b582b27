"""`rich_text` blocks as HTML: sections, lists, quotes, preformatted text. Runs of text are never markup."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from itertools import groupby

from sandbox.pages import dates, emoji, mrkdwn
from sandbox.pages.reader import Reader
from sandbox.state import Json

_STYLES = (("bold", "strong"), ("italic", "em"), ("strike", "s"), ("underline", "u"), ("code", "code"))
_BULLET_KINDS = {"bullet": "ul", "ordered": "ol"}


def render(block: Json, reader: Reader) -> str:
    """HTML for a block of type `rich_text`, or for a table cell that holds one."""
    html = ""
    for is_list, run in groupby(block["elements"], lambda part: part["type"] == "rich_text_list"):
        parts = list(run)
        html += _lists(parts, reader) if is_list else "".join(_part(part, reader) for part in parts)
    return html


def _part(part: Json, reader: Reader) -> str:
    inner = _runs(part.get("elements", []), reader)
    if part["type"] == "rich_text_quote":
        return f"<blockquote>{inner}</blockquote>"
    if part["type"] == "rich_text_preformatted":
        return f"<pre>{inner}</pre>"
    return f"<p>{inner}</p>"


def _lists(parts: list[Json], reader: Reader) -> str:
    """Lists that follow each other; a deeper `indent` goes inside the item above it."""
    html, open_tags = "", list[str]()
    for part in parts:
        tag = _BULLET_KINDS.get(part.get("style", "bullet"), "ul")
        depth = int(part.get("indent", 0)) + 1
        while len(open_tags) > depth or (len(open_tags) == depth and open_tags[-1] != tag):
            html += f"</li></{open_tags.pop()}>"
        items = [_runs(item.get("elements", []), reader) for item in part["elements"]]
        if len(open_tags) == depth:
            html += "</li>"
        while len(open_tags) < depth:
            start = int(part.get("offset", 0)) + 1
            html += f'<{tag} start="{start}">' if tag == "ol" and start > 1 else f"<{tag}>"
            open_tags.append(tag)
            html += "<li>" if len(open_tags) < depth else ""
        html += "</li>".join(f"<li>{item}" for item in items)
    while open_tags:
        html += f"</li></{open_tags.pop()}>"
    return html


def _runs(elements: list[Json], reader: Reader) -> str:
    return "".join(_run(element, reader) for element in elements)


def _run(element: Json, reader: Reader) -> str:
    html = _content(element, reader)
    style = element.get("style") or {}
    for name, tag in _STYLES:
        if style.get(name):
            html = f"<{tag}>{html}</{tag}>"
    return html


def _content(element: Json, reader: Reader) -> str:
    show = _CONTENT.get(element["type"])
    return show(element, reader) if show else escape(f"[{element['type']}]")


def _date(element: Json, reader: Reader) -> str:
    moment = datetime.fromtimestamp(int(element["timestamp"]), UTC).astimezone(reader.zone)
    return escape(dates.show(moment, element["format"], reader.now().astimezone(reader.zone)))


def _user(element: Json, reader: Reader) -> str:
    return mrkdwn.mention(f"@{reader.user_name(element['user_id']) or element['user_id']}")


def _channel(element: Json, reader: Reader) -> str:
    return mrkdwn.mention(f"#{reader.channel_name(element['channel_id']) or element['channel_id']}")


_CONTENT: dict[str, Callable[[Json, Reader], str]] = {
    "text": lambda element, _: escape(str(element["text"]), quote=False).replace("\n", "<br>"),
    "link": lambda element, _: mrkdwn.link(element["url"], element.get("text") or element["url"]),
    "emoji": lambda element, _: escape(emoji.replace(f":{element['name']}:"), quote=False),
    "user": _user,
    "channel": _channel,
    "usergroup": lambda element, _: mrkdwn.mention(f"@{element['usergroup_id']}"),
    "broadcast": lambda element, _: mrkdwn.mention(f"@{element['range']}"),
    "date": _date,
}
