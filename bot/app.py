"""The one place where the Bolt app, its publisher and its clock are built.

Requests are answered after their listener has run (`process_before_response`), so
an acknowledged action is a stored one. Nothing here starts anything.
"""

import logging

from aiohttp import ClientSession
from slack_bolt.async_app import AsyncApp
from slack_sdk.http_retry.builtin_async_handlers import AsyncConnectionErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot import case_studies, governance, home, moved_channels, privacy, ranking, strategies
from bot.admins import Admins
from bot.clients import Client
from bot.curators import Curators
from bot.delivery.clock import Clock, Handler
from bot.delivery.open_views import OpenViews
from bot.delivery.publisher import Publisher
from bot.delivery.sharing import SHARE_KIND, FileSharing
from bot.delivery.strays import StrayRemover
from bot.errors import register_errors
from bot.guests import GuestGate
from bot.installation import Installations
from bot.listening import ListeningApp
from bot.oauth import listeners as removals
from bot.oauth.organisations import WorkspaceNaming
from bot.outside.figures import watch_forms
from bot.outside.slack_contact import SLACK
from bot.replays import Claims, ReplayGate
from bot.settings import Settings
from bot.slack_people import SlackPeople
from knowledge.model import Library
from knowledge.search import Search
from storage.store import Store

NOT_INSTALLED = (
    "Common Ground is not installed in this workspace, so nothing was changed. Ask an admin to install it."
)

ONCE = frozenset(
    {
        *strategies.ONCE,
        *ranking.ONCE,
        *case_studies.ONCE,
        *governance.ONCE,
        *privacy.ONCE,
    }
)
"""The actions and forms that are handled for the first time only, however often they come."""


def create_client(
    settings: Settings,
    token: str | None = None,
    workspace_id: str | None = None,
    *,
    session: ClientSession | None = None,
) -> AsyncWebClient:
    """The Web API client for a token, by default that of the one installed workspace.

    It never repeats a call by itself: that would go beyond Slack's limits, and could post twice.
    `workspace_id` is named in each call when the token is good for all of an organisation. Without a
    `session`, whose connections stay open from one call to the next, each call makes its own.
    """
    return Client(
        token=settings.bot_token if token is None else token,
        base_url=settings.slack_api_url,
        retry_handlers=[SLACK],
        team_id=workspace_id,
        session=session,
    )


def create_app(
    settings: Settings,
    store: Store,
    library: Library,
    search: Search,
    installation: Installations,
    session: ClientSession | None = None,
) -> AsyncApp:
    """The app with every listener, ready to be given requests; `session` as for `create_client`."""
    app = ListeningApp(
        name="commonground",
        logger=logging.getLogger("bolt"),
        client=Client(
            base_url=settings.slack_api_url,
            retry_handlers=[SLACK, AsyncConnectionErrorRetryHandler()],
            session=session,
        ),
        signing_secret=settings.signing_secret,
        before_authorize=WorkspaceNaming(),
        authorize=installation,
        user_facing_authorize_error_message=NOT_INSTALLED,
        process_before_response=True,
        raise_error_for_unhandled_request=True,
    )
    register_errors(app)
    removals.register(app, installation, store.settings)
    app.middleware(StrayRemover(store.messages))
    admins, views = Admins(installation.client_for), OpenViews()
    watch_forms(views.waiting)
    app.middleware(GuestGate(admins, {*ranking.STARTS, *case_studies.STARTS}))
    claims = Claims(store.requests)
    app.middleware(ReplayGate(claims, ONCE))
    app.middleware(app.by_id)
    curators = Curators(store.settings, admins)
    strategies.register(app, store, library, search, curators, claims)
    ranking.register(app, store, library, installation.client_for, admins, views)
    people = SlackPeople(installation.client_for)
    picker = strategies.picker(library, search)
    case_studies.register(app, store, library, picker, people, admins, curators, views)
    governance.register(app, store, people, admins)
    privacy.register(app, store, admins)
    home.register(app, store, admins, curators)
    moved_channels.register(app, store.channels)
    return app


def create_publisher(store: Store, library: Library, installation: Installations) -> Publisher:
    """What keeps messages and App Homes true to the store."""
    admins = Admins(installation.client_for)
    curators = Curators(store.settings, admins)
    sources = [
        ranking.home_source(store),
        case_studies.home_source(store, library),
        strategies.home_source(store, library, curators),
        privacy.home_source(store),
        governance.home_source(store, admins),
    ]
    return Publisher(
        store.messages,
        installation.client_for,
        {
            **ranking.renderers(store),
            **case_studies.renderers(store, library),
            **privacy.renderers(store),
            **home.renderers(sources, admins, curators),
        },
        [ranking.refused(store, installation.client_for), case_studies.refused(store)],
    )


def create_clock(store: Store, library: Library, installation: Installations) -> Clock:
    """What does the work that is due."""
    handlers: dict[str, Handler] = {
        SHARE_KIND: FileSharing(store.work, installation.client_for).share,
        **ranking.clock_handlers(store, installation.client_for),
        **case_studies.clock_handlers(store, library, installation.client_for),
        **governance.clock_handlers(store, installation.client_for),
        **privacy.clock_handlers(store, library, installation.client_for),
    }
    return Clock(store.work, handlers)


async def plan_standing_work(store: Store, library: Library) -> None:
    """Plan the work that comes round every day, or at each start."""
    await case_studies.plan_standing_work(store, library)
    await governance.plan_standing_work(store)
