"""Whoever can call Slack's Web API for a workspace, over connections that stay open."""

from collections.abc import Awaitable, Callable
from copy import copy
from typing import TypeAlias

from aiohttp import ClientSession, ClientTimeout
from slack_sdk.web.async_client import AsyncWebClient

ClientFor: TypeAlias = Callable[[str], Awaitable[AsyncWebClient | None]]
"""The client of a workspace by its id; None where the app is installed no more."""
CALL_SECONDS = 30
"""How long a call may take."""


class Client(AsyncWebClient):
    """The library's; Bolt copies it, with the request, for what goes on after the answer."""

    def __deepcopy__(self, memo: object) -> "Client":
        """Connections are shared by all copies."""
        return copy(self)


def open_session() -> ClientSession:
    """Connections for all clients, to be closed in the end: one anew for each call takes longer than most."""
    return ClientSession(timeout=ClientTimeout(total=CALL_SECONDS))
