"""A person's initials on a colour of their own; decoration beside their name."""

from __future__ import annotations

from zlib import crc32

from sandbox.pages.tags import Tag
from sandbox.state import Person

_TINTS = 6


def show_avatar(person: Person, classes: str = "") -> Tag:
    """Put the picture of a person or app on the page, hidden from screen readers."""
    initials = "".join(word[0] for word in person.real_name.split()[:2]).upper()
    tint = "avatar-app" if person.is_bot else f"avatar-tint-{crc32(person.id.encode()) % _TINTS}"
    return Tag("span", f"avatar {tint} {classes}", initials, aria_hidden="true")
