"""What a person wrote in a message, as people read it."""

import re

_ENTITY = re.compile(r"<(?:[@#!]|https?://|mailto:)[^>|]*(?:\|(?P<label>[^>]*))?>")


def written_in(text: str) -> str:
    """A message's text without the people it mentions; of a channel or a link its name as people read it."""
    return _ENTITY.sub(lambda found: f" {found['label'] or ''} ", text)


def unescaped(text: str) -> str:
    """Slack's entities as characters again."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
