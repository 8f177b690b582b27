"""Whoever can call Slack's Web API for a workspace."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from slack_sdk.web.async_client import AsyncWebClient

ClientFor: TypeAlias = Callable[[str], Awaitable[AsyncWebClient | None]]
"""The client of a workspace by its id; None where the app is installed no more."""
