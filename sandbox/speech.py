"""What people type, as Slack stores it: escaped, with mentions, channels and addresses marked up."""

import re

from sandbox.workspace import Workspace

USER_ID = re.compile(r"(<@[A-Z0-9]+>)")
BROADCAST = re.compile(r"(?<!\w)@(channel|here|everyone)\b", re.IGNORECASE)
ADDRESS = re.compile(r"https?://[^\s<>]+[^\s<>.,;:!?'\")]")


def escape(text: str) -> str:
    """The three characters that Slack escapes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def marked_up(workspace: Workspace, typed: str) -> str:
    """Typed words as message text; `<@U...>` of a known person stays, as if picked from the client's list."""
    parts = USER_ID.split(typed)
    return "".join(
        part if USER_ID.fullmatch(part) and part[2:-1] in workspace.people else _marked_up(workspace, part)
        for part in parts
    )


def _marked_up(workspace: Workspace, typed: str) -> str:
    text = ADDRESS.sub(lambda address: f"<{address[0]}>", escape(typed))
    text = BROADCAST.sub(lambda word: f"<!{word[1].lower()}>", text)
    for name, user_id in _names(workspace):
        text = re.sub(rf"(?<![\w<])@{re.escape(name)}\b", f"<@{user_id}>", text, flags=re.IGNORECASE)
    for channel in workspace.channels.values():
        if channel.kind in ("public", "private"):
            text = re.sub(rf"(?<!\w)#{re.escape(channel.name)}\b", f"<#{channel.id}|{channel.name}>", text)
    return text


def _names(workspace: Workspace) -> list[tuple[str, str]]:
    """Names by which people are mentioned, longest first, so that a full name wins over a first name."""
    names = [
        (name, person.id)
        for person in workspace.people.values()
        for name in {person.real_name, person.name, person.real_name.split()[0]}
    ]
    return sorted(names, key=lambda named: len(named[0]), reverse=True)
