"""App Home, the help command and the settings of a workspace."""

from collections.abc import Mapping, Sequence

from slack_bolt.async_app import AsyncApp

from bot.admins import Admins
from bot.delivery.content import HOME_KIND, Renderer
from bot.home import ids
from bot.home.listeners import HomeListeners
from bot.home.settings_listeners import SettingsListeners
from bot.home.settings_shelf import SettingsShelf
from bot.home.views import HomeRenderer
from bot.sections import HomeSource
from storage.store import Store


def register(app: AsyncApp, store: Store, admins: Admins) -> None:
    """Listen for people who open App Home, for /commonground, and for the settings."""
    listeners = HomeListeners(store.messages, admins)
    settings = SettingsListeners(store.settings, admins)
    app.event("app_home_opened")(listeners.open_home)
    app.command("/commonground")(listeners.show_help)
    app.action(ids.OPEN_SETTINGS)(settings.open_settings)
    app.view(ids.SAVE_SETTINGS)(settings.save_settings)


def renderers(sources: Sequence[HomeSource], admins: Admins) -> Mapping[str, Renderer]:
    """How the publisher renders an App Home from what the features give, for admins with the settings."""
    return {HOME_KIND: HomeRenderer([*sources, SettingsShelf(admins).offer]).render}
