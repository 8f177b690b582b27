"""What people can ask of what is kept of them: a look, a copy, to be erased."""

from collections.abc import Mapping

from slack_bolt.async_app import AsyncApp

from bot.admins import Admins
from bot.clients import ClientFor
from bot.delivery.clock import Handler
from bot.delivery.content import Renderer
from bot.delivery.personal_files import PersonalFiles
from bot.delivery.sharing import FileSharing
from bot.privacy import ids
from bot.privacy.erasing.for_others import ErasingOthers
from bot.privacy.erasing.listeners import ErasingListeners
from bot.privacy.erasing.work import Erasing
from bot.privacy.mine.copy_files import CopyFiles
from bot.privacy.mine.listeners import MineListeners
from bot.privacy.offers.listeners import OfferEnds, OfferListeners
from bot.privacy.offers.messages import OfferRenderer
from bot.privacy.shelf import PrivacyShelf
from bot.privacy.taking_on.listeners import TakingOnListeners, WaitEnds
from bot.privacy.taking_on.messages import TakeOnRenderer
from bot.sections import HomeSource
from knowledge.model import Library
from storage.erasure.left_studies import TAKE_ON_KIND
from storage.erasure.texts import OFFER_KIND
from storage.store import Store

ONCE = (ids.SEND_COPY, ids.SEND_ERASING, ids.SEND_ERASING_THEM)
"""What sends a file, or begins an erasure, for the first time only."""


def register(app: AsyncApp, store: Store, admins: Admins) -> None:
    """Listen for everybody about their own, for those whom something is offered to, and for admins."""
    mine, erasing, offers = MineListeners(store), ErasingListeners(store), OfferListeners(store)
    app.action(ids.OPEN_MINE)(mine.open_mine)
    app.action(ids.SEND_COPY)(mine.send_copy)
    app.action(ids.OPEN_ERASING)(erasing.open_erasing)
    app.view(ids.SEND_ERASING)(erasing.send_erasing)
    others = ErasingOthers(store, admins)
    app.action(ids.OPEN_CHOOSING)(others.open_choosing)
    app.view(ids.SEND_WHOM)(others.send_whom)
    app.view(ids.SEND_ERASING_THEM)(others.send_erasing)
    app.action(ids.KEEP_TEXTS)(offers.keep_texts)
    app.action(ids.REMOVE_TEXTS)(offers.remove_texts)
    app.action(ids.TAKE_ON)(TakingOnListeners(store).take_on)


def renderers(store: Store) -> Mapping[str, Renderer]:
    """How the publisher renders what is offered."""
    return {
        OFFER_KIND: OfferRenderer(store.privacy, store.case_studies).render,
        TAKE_ON_KIND: TakeOnRenderer(store.case_studies).render,
    }


def clock_handlers(store: Store, library: Library, client_for: ClientFor) -> Mapping[str, Handler]:
    """What the clock does: copies, erasures, and texts that nobody decided about."""
    erasing = Erasing(store, client_for)
    copies = PersonalFiles(
        FileSharing(store.work, client_for), client_for, CopyFiles(store.privacy, library).make
    )
    return {
        ids.COPY_FILES: copies.send,
        ids.ERASE: erasing.erase,
        ids.SCRUB: erasing.scrub,
        OFFER_KIND: OfferEnds(store).remove,
        TAKE_ON_KIND: WaitEnds(store).end,
    }


def home_source(store: Store) -> HomeSource:
    """What App Home shows everybody."""
    return PrivacyShelf(store.privacy).blocks
