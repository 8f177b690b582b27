"""App Home and the help command."""

from collections.abc import Mapping, Sequence

from slack_bolt.async_app import AsyncApp

from bot.delivery.content import Renderer
from bot.home.listeners import HomeListeners
from bot.home.views import HomeRenderer
from bot.sections import HomeSource
from storage.store import Store


def register(app: AsyncApp, store: Store) -> None:
    """Listen for people who open App Home, and for /commonground."""
    listeners = HomeListeners(store.messages)
    app.event("app_home_opened")(listeners.open_home)
    app.command("/commonground")(listeners.show_help)


def renderers(sources: Sequence[HomeSource]) -> Mapping[str, Renderer]:
    """How the publisher renders an App Home from what the features give."""
    return {"home": HomeRenderer(sources).render}
