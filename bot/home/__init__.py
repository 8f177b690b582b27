"""App Home and the help command."""

from collections.abc import Mapping, Sequence

from slack_bolt.async_app import AsyncApp

from bot.admins import Admins
from bot.curators import Curators
from bot.delivery.content import HOME_KIND, Renderer
from bot.home.listeners import HomeListeners
from bot.home.roles_shelf import RolesShelf
from bot.home.views import HomeRenderer
from bot.sections import HomeSource
from storage.store import Store


def register(app: AsyncApp, store: Store, admins: Admins, curators: Curators) -> None:
    """Listen for people who open App Home, and for /commonground."""
    listeners = HomeListeners(store.messages, admins, curators)
    app.event("app_home_opened")(listeners.open_home)
    app.command("/commonground")(listeners.show_help)


def renderers(sources: Sequence[HomeSource], admins: Admins, curators: Curators) -> Mapping[str, Renderer]:
    """How the publisher renders an App Home from what the features give, and from the reader's roles."""
    return {HOME_KIND: HomeRenderer([*sources, RolesShelf(admins, curators).offer]).render}
