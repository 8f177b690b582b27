"""Looking up what is known to make joint work succeed."""

from slack_bolt.async_app import AsyncApp

from bot.curators import Curators
from bot.handover import READ_STRATEGY
from bot.picker import Picker
from bot.replays import Claims
from bot.sections import HomeSource
from bot.strategies import ids
from bot.strategies.conversations import ConversationListeners
from bot.strategies.curating import CuratingListeners
from bot.strategies.desk import Desk
from bot.strategies.finder import FinderListeners
from bot.strategies.listeners import StrategyListeners
from bot.strategies.misses import Misses
from bot.strategies.saved import SavedStrategies
from bot.strategies.saving import SavingListeners
from bot.strategies.service import Lookup
from bot.strategies.sharing import SharingListeners
from bot.strategies.shelf import StrategyShelf
from bot.strategies.step import StepListeners
from knowledge.model import Library
from knowledge.search import Search
from storage.store import Store

ONCE = (ids.FOUND_UNHELPFUL,)
"""What counts something."""


def register(
    app: AsyncApp, store: Store, library: Library, search: Search, curators: Curators, claims: Claims
) -> None:
    """Listen at every door, and for every press in an answer."""
    lookups = store.lookups
    saved, misses = SavedStrategies(lookups, library), Misses(lookups, library)
    desk = Desk(Lookup(library, search), saved, misses, store.published)
    answers = StrategyListeners(desk)
    app.command(ids.COMMAND)(answers.look_up)
    for action_id in ids.OPENS_A_PLACE:
        app.action(action_id)(answers.open_place)
    for action_id in ids.OPENS_RELATED:
        app.action(action_id)(answers.open_related)
    app.action(ids.CARD_OPEN)(answers.open_card)
    app.action(READ_STRATEGY)(answers.read_card)
    app.action(ids.FOUND_UNHELPFUL)(answers.answer_not_needed)

    finder = FinderListeners(desk, picker(library, search))
    app.shortcut(ids.SHORTCUT)(finder.open_finder)
    app.shortcut(ids.MESSAGE_SHORTCUT)(finder.find_for_message)
    app.action(ids.FIND_OPEN)(finder.open_finder)
    app.options(ids.FIND_PICK)(finder.offer_strategies)
    app.action(ids.FIND_PICK)(finder.show_picked)
    app.view(ids.FIND_SUBMIT)(finder.find_strategies)

    saving = SavingListeners(desk)
    app.action(ids.CARD_SAVE)(saving.save_strategy)
    app.action(ids.CARD_UNSAVE)(saving.unsave_strategy)
    app.action(ids.SAVED_REMOVE)(saving.remove_saved)

    sharing = SharingListeners(desk, claims)
    app.action(ids.CARD_SHARE)(sharing.share_here)
    app.action(ids.CARD_SHARE_NOTE)(sharing.write_note)
    app.view(ids.NOTE_SUBMIT)(sharing.share_with_note)
    app.action(ids.CARD_CHOOSE_CHANNEL)(sharing.choose_channel)
    app.view(ids.SHARE_SUBMIT)(sharing.share_in_channel)

    conversations = ConversationListeners(desk, claims)
    app.event("app_mention")(conversations.answer_mention)
    app.event("message")(conversations.answer_direct_message)
    app.function(ids.STEP)(StepListeners(desk, claims).find_strategies_for_workflow)

    app.action(ids.MISS_FORGET)(CuratingListeners(lookups, store.messages, curators).forget_miss)


def picker(library: Library, search: Search) -> Picker:
    """Type-ahead over the strategies, for whichever form asks for some."""
    return Picker(library, Lookup(library, search).find)


def home_source(store: Store, library: Library, curators: Curators) -> HomeSource:
    """What App Home offers for looking something up."""
    return StrategyShelf(library, store.lookups, curators).offer
