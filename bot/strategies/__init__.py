"""Looking up what is known to make joint work succeed."""

from slack_bolt.async_app import AsyncApp

from bot.sections import HomeSource
from bot.strategies import ids
from bot.strategies.conversations import ConversationListeners
from bot.strategies.listeners import StrategyListeners
from bot.strategies.service import Lookup
from bot.strategies.sharing import SharingListeners
from bot.strategies.shelf import StrategyShelf
from knowledge.model import Library
from knowledge.search import Search


def register(app: AsyncApp, library: Library, search: Search) -> None:
    """Listen for the command, questions in conversation, and every press in an answer."""
    lookup = Lookup(library, search)
    answers = StrategyListeners(lookup)
    app.command(ids.COMMAND)(answers.look_up)
    for action_id in ids.OPENS_A_PLACE:
        app.action(action_id)(answers.open_place)
    for action_id in ids.OPENS_RELATED:
        app.action(action_id)(answers.open_related)
    app.action(ids.CARD_OPEN)(answers.open_card)
    app.action(ids.FIND_OPEN)(answers.open_find_form)
    app.view(ids.FIND_SUBMIT)(answers.find_strategies)

    sharing = SharingListeners(lookup)
    app.action(ids.CARD_SHARE)(sharing.share_here)
    app.action(ids.CARD_CHOOSE_CHANNEL)(sharing.choose_channel)
    app.view(ids.SHARE_SUBMIT)(sharing.share_in_channel)

    conversations = ConversationListeners(lookup)
    app.event("app_mention")(conversations.answer_mention)
    app.event("message")(conversations.answer_direct_message)


def home_source(library: Library) -> HomeSource:
    """What App Home offers for looking something up."""
    return StrategyShelf(library).offer
