"""The ranking task: drop one, order the rest, settle on five that everybody accepts."""

from collections.abc import Mapping

from slack_bolt.async_app import AsyncApp

from bot.delivery.content import Renderer
from bot.handover import RANK_STRATEGIES
from bot.ranking import ids
from bot.ranking.answer_listeners import AnswerListeners
from bot.ranking.answering import AnsweringService
from bot.ranking.comparing import ComparingService
from bot.ranking.control_listeners import ControlListeners
from bot.ranking.home import RankingHome
from bot.ranking.proposal_listeners import ProposalListeners
from bot.ranking.proposing import ProposingService
from bot.ranking.rendering import RankingRenderer
from bot.ranking.service import RankingService
from bot.ranking.setup_listeners import SetupListeners
from bot.sections import HomeSource
from knowledge.model import Library
from storage.store import Store


def register(app: AsyncApp, store: Store, library: Library) -> None:
    """Listen for the command, the board's buttons and the modals."""
    service = RankingService(store.rankings)
    setup = SetupListeners(service, store, library)
    answers = AnswerListeners(service, AnsweringService(store.rankings), ComparingService(store.rankings))
    controls = ControlListeners(service)
    proposals = ProposalListeners(ProposingService(service, store.rankings))
    app.command("/rank")(setup.run_command)
    app.action(ids.OPEN_SETUP)(setup.open_setup)
    app.action(RANK_STRATEGIES)(setup.open_setup_of_strategies)
    app.view(ids.SEND_SETUP)(setup.start_ranking)
    app.action(ids.OPEN_ANSWER)(answers.open_answer)
    app.action(ids.PLACE)(answers.place_item)
    app.action(ids.UP)(answers.place_item)
    app.action(ids.DOWN)(answers.place_item)
    app.action(ids.REMOVE)(answers.remove_item)
    app.view(ids.SEND_CONSENT)(answers.send_consent)
    app.action(ids.OPEN_STATEMENTS)(answers.open_statements)
    app.action(ids.OPEN_REASONS)(answers.open_reasons)
    app.action(ids.OPEN_COMPARE)(answers.open_compare)
    app.action(ids.OPEN_CONTROLS)(controls.open_controls)
    app.action(ids.MOVE)(controls.take_move)
    app.action(ids.OPEN_PROPOSAL)(proposals.open_proposal)
    app.view(ids.SEND_PROPOSAL)(proposals.send_proposal)
    app.action(ids.OPEN_DISSENT)(proposals.open_dissent)
    app.view(ids.SEND_DISSENT)(proposals.end_without_consensus)


def renderers(store: Store) -> Mapping[str, Renderer]:
    """How the publisher renders this feature's messages."""
    renderer = RankingRenderer(
        RankingService(store.rankings), ComparingService(store.rankings), store.rankings
    )
    return {
        ids.BOARD_KIND: renderer.board,
        ids.STAGE_KIND: renderer.stage,
        ids.OUTCOME_KIND: renderer.outcome,
    }


def home_source(store: Store) -> HomeSource:
    """What App Home shows of rankings."""
    return RankingHome(RankingService(store.rankings), store.rankings).blocks
