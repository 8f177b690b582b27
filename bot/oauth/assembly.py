"""All that many workspaces need, put together from the settings and an open store."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from aiohttp import ClientSession
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from starlette.routing import Route

from bot.app import create_client
from bot.env_file import ENV_FILE, read_env_file
from bot.manifest import is_pkce_enabled, manifest_path
from bot.oauth.installing import Installer
from bot.oauth.refreshing import Refresher
from bot.oauth.routes import InstallRoutes
from bot.oauth.vault import Vault
from bot.oauth.workspaces import InstalledWorkspaces
from bot.settings import Settings, read_settings
from storage.store import Store


@dataclass(frozen=True, slots=True)
class ManyWorkspaces:
    """What runs beside the app, and the addresses by which workspaces install it."""

    workspaces: InstalledWorkspaces
    refresher: Refresher
    routes: list[Route]


def many_workspaces(
    settings: Settings, store: Store, folder: Path, session: ClientSession | None = None
) -> ManyWorkspaces:
    """Nothing of it is started; `folder` is where the app was started, `session` as for `create_client`."""
    connect = partial(create_client, settings, session=session)
    keys_in_file = partial(_keys_in_file, folder)
    # Where the environment itself names the keys, the file has no say in them.
    is_from_file = tuple(keys_in_file()) == settings.encryption_keys
    vault = Vault(settings.encryption_keys, keys_in_file if is_from_file else tuple)
    client = connect("")
    rotator = AsyncTokenRotator(
        client_id=settings.client_id, client_secret=settings.client_secret, client=client
    )
    refresher = Refresher(store.installations, vault, rotator)
    workspaces = InstalledWorkspaces(store.installations, vault, refresher, connect)
    installer = Installer(
        store.installations,
        vault,
        connect,
        settings.client_id,
        settings.client_secret,
        is_pkce_enabled=is_pkce_enabled(manifest_path(folder)),
    )
    routes = InstallRoutes(installer, workspaces, settings.slack_api_url).routes()
    return ManyWorkspaces(workspaces, refresher, routes)


def _keys_in_file(folder: Path) -> Sequence[str]:
    """The keys as the file has them now: a newer one may have come in since the start."""
    return read_settings(read_env_file(folder / ENV_FILE).values)[0].encryption_keys
