"""Slack's mrkdwn as safe HTML.

Everything that is not one of Slack's own marks comes out escaped, so no text can add an element,
an attribute or a script. Rules: "Formatting text for app surfaces" in Slack's documentation.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape

from sandbox.pages import dates, emoji
from sandbox.pages.reader import Reader

# Finished pieces of HTML wait in a list while the words round them are still being read; these two
# private characters hold their places and are taken out of what people wrote.
_OPEN, _SHUT = "\ue000", "\ue001"
_HOLD = re.compile(f"{_OPEN}(\\d+){_SHUT}")

_FENCE = re.compile(r"```\n?(.*?)\n?```", re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_CONTROL = re.compile(r"<([^<>\n]+)>")
_URL = re.compile(rf"https?://[^\s<>\"{_OPEN}]+[^\s<>\".,;:!?){_OPEN}]")
_LIVE = re.compile(r"(?<![\w@])@(here|channel|everyone)\b")
_CHANNEL = re.compile(r"(?<![\w#&])#([a-z0-9_-]{1,80})")
_QUOTE = re.compile(r"(?:&gt;|>) ?(.*)")
_STYLES = (
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), "strong"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])"), "em"),
    (re.compile(r"(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])"), "s"),
)
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_ENTITY = re.compile("|".join(_ENTITIES))
_SAFE_LINK = re.compile(r"(https?://|mailto:|tel:)", re.IGNORECASE)


def render(text: str, reader: Reader, *, verbatim: bool = False) -> str:
    """HTML for a mrkdwn text.

    ``verbatim`` is Slack's own switch: when it is off, bare addresses, ``@channel`` and ``#names``
    become live, as they would in Slack.
    """
    return _Reading(reader, verbatim).html(text.replace(_OPEN, "").replace(_SHUT, ""))


def link(url: str, label: str) -> str:
    """HTML for a link that opens in a new tab; an address of another scheme stays plain text."""
    if not _SAFE_LINK.match(url):
        return escape(label)
    url = _HOLD.sub("", url)
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{escape(label)}</a>'


def mention(text: str) -> str:
    """HTML for a highlighted mention."""
    return f'<span class="mention">{escape(text)}</span>'


def unescape(text: str) -> str:
    """The text with Slack's three entities turned back into characters, once."""
    return _ENTITY.sub(lambda found: _ENTITIES[found[0]], text)


class _Reading:
    """One pass over one text."""

    def __init__(self, reader: Reader, verbatim: bool) -> None:
        self._reader = reader
        self._verbatim = verbatim
        self._held: list[str] = []

    def html(self, text: str) -> str:
        text = _FENCE.sub(lambda found: self._hold(f"<pre>{escape(unescape(found[1]))}</pre>"), text)
        text = _CODE.sub(lambda found: self._hold(f"<code>{escape(unescape(found[1]))}</code>"), text)
        text = _CONTROL.sub(lambda found: self._hold(self._control(found[1])), text)
        return self._restore(self._lines(text))

    def _lines(self, text: str) -> str:
        parts: list[str] = []
        quoted: list[str] = []
        for line in text.split("\n"):
            if found := _QUOTE.match(line):
                quoted.append(self._inline(found[1]))
                continue
            if quoted:
                parts.append(_quote(quoted))
                quoted = []
            parts.append(self._inline(line))
        if quoted:
            parts.append(_quote(quoted))
        return re.sub(r"(</blockquote>)<br>|<br>(<blockquote>)", r"\1\2", "<br>".join(parts))

    def _inline(self, line: str) -> str:
        if not self._verbatim:
            line = _URL.sub(lambda found: self._hold(link(unescape(found[0]), unescape(found[0]))), line)
            line = _LIVE.sub(lambda found: self._hold(mention(found[0])), line)
            line = _CHANNEL.sub(self._named_channel, line)
        line = escape(emoji.replace(unescape(line)), quote=False)
        for pattern, name in _STYLES:
            line = pattern.sub(rf"<{name}>\1</{name}>", line)
        return line

    def _named_channel(self, found: re.Match[str]) -> str:
        return self._hold(mention(found[0])) if self._reader.channel_id(found[1]) else found[0]

    def _control(self, inner: str) -> str:
        target, _, label = inner.partition("|")
        show = _CONTROLS.get(target[:1])
        if show:
            return show(self, unescape(target[1:]), unescape(label))
        if _SAFE_LINK.match(target):
            return link(unescape(target), unescape(label or target))
        return escape(unescape(f"<{inner}>"))

    def _user(self, user_id: str, label: str) -> str:
        return mention(f"@{self._reader.user_name(user_id) or label or user_id}")

    def _channel(self, channel_id: str, label: str) -> str:
        return mention(f"#{self._reader.channel_name(channel_id) or label or channel_id}")

    def _special(self, target: str, label: str) -> str:
        name, *rest = target.split("^")
        if name == "date" and len(rest) >= 2:
            return self._date(rest[0], rest[1], rest[2] if len(rest) > 2 else "", label)
        return mention(label or f"@{name if name != 'subteam' or not rest else rest[0]}")

    def _date(self, seconds: str, pattern: str, url: str, fallback: str) -> str:
        try:
            moment = datetime.fromtimestamp(int(seconds), UTC).astimezone(self._reader.zone)
        except (ValueError, OverflowError, OSError):
            return escape(fallback)
        shown = dates.show(moment, pattern, self._reader.now().astimezone(self._reader.zone))
        return link(url, shown) if url else f'<time datetime="{moment.isoformat()}">{escape(shown)}</time>'

    def _hold(self, html: str) -> str:
        self._held.append(html)
        return f"{_OPEN}{len(self._held) - 1}{_SHUT}"

    def _restore(self, text: str) -> str:
        while _HOLD.search(text):
            text = _HOLD.sub(lambda found: self._held[int(found[1])], text)
        return text


def _quote(lines: list[str]) -> str:
    return f"<blockquote>{'<br>'.join(lines)}</blockquote>"


_CONTROLS: dict[str, Callable[[_Reading, str, str], str]] = {
    "@": _Reading._user,
    "#": _Reading._channel,
    "!": _Reading._special,
}
