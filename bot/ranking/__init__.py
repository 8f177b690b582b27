"""The ranking task: drop one, order the rest, settle on five that everybody accepts."""

from collections.abc import Mapping

from slack_bolt.async_app import AsyncApp

from bot.admins import Admins
from bot.clients import ClientFor
from bot.delivery.clock import Handler
from bot.delivery.content import Renderer
from bot.delivery.open_views import OpenViews
from bot.delivery.sending import Refused
from bot.delivery.sharing import FileSharing
from bot.handover import ENDED_RANKINGS, RANK_STRATEGIES
from bot.names import Names
from bot.ranking import ids
from bot.ranking.answers.answering import AnsweringService
from bot.ranking.answers.listeners import ANSWER_DOOR, AnswerListeners
from bot.ranking.compare.comparing import ComparingService
from bot.ranking.control.form_listeners import ControlFormListeners
from bot.ranking.control.listeners import ControlListeners
from bot.ranking.export.canvas_work import CanvasWork
from bot.ranking.export.listeners import ExportListeners
from bot.ranking.export.picture_work import PictureWork
from bot.ranking.export.record_source import RecordSource
from bot.ranking.export.service import ExportService
from bot.ranking.export.work import ExportWork
from bot.ranking.home import RankingHome
from bot.ranking.listing.ended import EndedListeners
from bot.ranking.listing.listeners import ListingListeners
from bot.ranking.listing.listing import Listing
from bot.ranking.people.agency_listeners import AgencyListeners
from bot.ranking.people.agency_question import AgencyQuestion
from bot.ranking.people.attendance import Attendance
from bot.ranking.people.changes import PeopleChanges
from bot.ranking.people.channel_listeners import ChannelListeners
from bot.ranking.pictures.studio import Studio
from bot.ranking.proposals.listeners import ProposalListeners
from bot.ranking.proposals.proposing import ProposingService
from bot.ranking.rendering import RankingRenderer
from bot.ranking.service import RankingService
from bot.ranking.setup.listeners import SETUP_DOOR, SetupListeners
from bot.ranking.setup.service import SetupService
from bot.ranking.timing.deadlines import Deadlines
from bot.ranking.timing.reminding import REMIND_PERSON, Reminders
from bot.ranking.timing.service import TimingService
from bot.ranking.uses import StrategyUses
from bot.sections import HomeSource
from bot.slack_people import SlackPeople
from knowledge.model import Library
from storage.stage_work import ANSWERED, DEADLINE, PICTURES, REMINDER
from storage.store import Store

STARTS = ("/rank", ids.OPEN_SETUP, RANK_STRATEGIES, ids.LIST_MESSAGE, ids.SEND_SETUP, ids.START)
"""What begins a ranking, or leads to it."""
ONCE = (
    ids.SEND_ADDING,
    ids.SEND_DEADLINE,
    ids.SEND_DISSENT,
    ids.SEND_EXPORT,
    ids.SEND_HANDOVER,
    ids.SEND_HELPERS,
    ids.REMIND,
    ids.TAKE_OVER,
)
"""What sends something, or gives somebody a right, for the first time only."""


def register(
    app: AsyncApp, store: Store, library: Library, client_for: ClientFor, admins: Admins, views: OpenViews
) -> None:
    """Listen for the command, the board's buttons, the modals, and what becomes of channels."""
    service = RankingService(store.rankings)
    listing, question = Listing(store.rankings), AgencyQuestion(store.people)
    setup = SetupListeners(SetupService(store, library, admins), listing, question)
    lists = ListingListeners(listing, setup)
    answering, comparing = AnsweringService(store.rankings), ComparingService(store.rankings)
    uses = StrategyUses(store.published)
    answers = AnswerListeners(service, answering, comparing, question, uses, views)
    agencies = AgencyListeners(question, {SETUP_DOOR: setup.view, ANSWER_DOOR: answers.answer_view})
    proposals = ProposalListeners(ProposingService(service, store.rankings))
    exports = ExportListeners(ExportService(store, admins))
    app.command("/rank")(lists.run_command)
    for action_id in (ids.LIST_ALL, ids.NEWER_RANKINGS, ids.OLDER_RANKINGS):
        app.action(action_id)(lists.turn_page)

    app.action(ids.OPEN_SETUP)(setup.open_setup)
    app.action(RANK_STRATEGIES)(setup.open_setup_of_strategies)
    app.shortcut(ids.LIST_MESSAGE)(setup.open_setup_of_message)
    app.action(ids.RESUME_SETUP)(setup.resume)
    app.action(ids.RESTART_SETUP)(setup.resume)
    app.action(ids.setup_action(ids.SOURCE_FIELD))(setup.choose_source)
    for field in ids.SETUP_CHOICES:
        app.action(ids.setup_action(field))(setup.keep_choice)
    app.action(ids.OPEN_RULES)(setup.open_rules)
    for field in ids.RULE_CHOICES:
        app.action(ids.rule_action(field))(setup.keep_rule)
    app.view(ids.SEND_RULES)(setup.send_rules)
    app.view(ids.SEND_SETUP)(setup.send_setup)
    app.view(ids.START)(setup.start_ranking)

    app.action(ids.CHANGE_AGENCY)(agencies.change_agency)
    app.view(ids.SEND_AGENCY)(agencies.send_agency)
    app.action(ids.DECLINE_AGENCY)(agencies.decline_agency)

    app.action(ids.OPEN_ANSWER)(answers.open_answer)
    app.action(ids.PLACE)(answers.place_item)
    app.action(ids.UP)(answers.place_item)
    app.action(ids.DOWN)(answers.place_item)
    app.action(ids.REMOVE)(answers.remove_item)
    app.view(ids.SEND_CONSENT)(answers.send_consent)
    app.action(ids.OPEN_STATEMENTS)(answers.open_statements)
    app.action(ids.OPEN_REASONS)(answers.open_reasons)
    app.action(ids.OPEN_COMPARE)(answers.open_compare)
    app.action(ids.OPEN_PROPOSAL)(proposals.open_proposal)
    app.view(ids.SEND_PROPOSAL)(proposals.send_proposal)
    app.action(ids.OPEN_DISSENT)(proposals.open_dissent)
    app.view(ids.SEND_DISSENT)(proposals.end_without_consensus)
    ended = EndedListeners(store.rankings, admins)
    app.action(ENDED_RANKINGS)(ended.open_ended)
    for action_id in (ids.NEWER_ENDED, ids.OLDER_ENDED):
        app.action(action_id)(ended.turn_ended)
    app.action(ids.OPEN_EXPORT)(exports.open_export)
    app.view(ids.SEND_EXPORT)(exports.send_export)
    _register_facilitator(app, service, store, client_for, admins)


def _register_facilitator(
    app: AsyncApp, service: RankingService, store: Store, client_for: ClientFor, admins: Admins
) -> None:
    """Listen for the facilitator's menu, its forms, and what becomes of channels."""
    people = SlackPeople(client_for)
    attendance = Attendance(store, people)
    timing = TimingService(service, store)
    changes = PeopleChanges(service, store, people, attendance, admins)
    controls = ControlListeners(service, timing, changes)
    forms = ControlFormListeners(timing, changes)
    channels = ChannelListeners(attendance)
    app.action(ids.OPEN_CONTROLS)(controls.open_controls)
    app.action(ids.MOVE)(controls.take_move)
    app.action(ids.SHOW_MORE)(controls.show_more)
    app.action(ids.SHOW_FIRST)(controls.show_first)
    app.action(ids.REMIND)(controls.remind)
    app.action(ids.PAUSE)(controls.pause)
    app.action(ids.RESUME)(controls.resume)
    app.action(ids.TAKE_OVER)(controls.take_over)
    app.action(ids.OPEN_DEADLINE)(forms.open_deadline)
    app.view(ids.SEND_DEADLINE)(forms.send_deadline)
    app.action(ids.OPEN_ADDING)(forms.open_adding)
    app.view(ids.SEND_ADDING)(forms.send_adding)
    app.action(ids.OPEN_LEAVING)(forms.open_leaving)
    app.view(ids.SEND_LEAVING)(forms.send_leaving)
    app.action(ids.OPEN_HANDOVER)(forms.open_handover)
    app.view(ids.SEND_HANDOVER)(forms.send_handover)
    app.action(ids.OPEN_HELPERS)(forms.open_helpers)
    app.view(ids.SEND_HELPERS)(forms.send_helpers)
    for gone in ("channel_archive", "group_archive", "channel_left", "group_left"):
        app.event(gone)(channels.channel_gone)
    for back in ("channel_unarchive", "group_unarchive"):
        app.event(back)(channels.channel_back)
    app.event("member_joined_channel")(channels.member_joined)
    app.event("member_left_channel")(channels.member_left)
    app.event("channel_unshared")(channels.channel_unshared)


def renderers(store: Store) -> Mapping[str, Renderer]:
    """How the publisher renders this feature's messages."""
    renderer = RankingRenderer(
        RankingService(store.rankings), ComparingService(store.rankings), store.rankings
    )
    return {
        ids.BOARD_KIND: renderer.board,
        ids.STAGE_KIND: renderer.stage,
        ids.OUTCOME_KIND: renderer.outcome,
        ids.NOTE_KIND: renderer.note,
        ids.NOTICE_KIND: renderer.notice,
        ids.REMINDER_KIND: renderer.reminder,
    }


def refused(store: Store, client_for: ClientFor) -> Refused:
    """What is done when Slack takes none of this feature's messages any more."""
    return Attendance(store, SlackPeople(client_for)).refused


def clock_handlers(store: Store, client_for: ClientFor) -> Mapping[str, Handler]:
    """What the clock does about rankings."""
    people = SlackPeople(client_for)
    attendance = Attendance(store, people)
    deadlines = Deadlines(RankingService(store.rankings), store, attendance)
    reminders = Reminders(store, people, attendance)
    return {
        DEADLINE: deadlines.at_deadline,
        ANSWERED: deadlines.when_answered,
        REMINDER: reminders.begin_round,
        REMIND_PERSON: reminders.remind_person,
        **_file_handlers(store, client_for),
    }


def _file_handlers(store: Store, client_for: ClientFor) -> Mapping[str, Handler]:
    """What the clock makes of a ranking's record."""
    source, studio = RecordSource(store.rankings, Names()), Studio()
    sharing = FileSharing(store.work, client_for)
    return {
        PICTURES: PictureWork(store, source, studio, sharing, client_for).draw,
        ids.EXPORT_KIND: ExportWork(store, source, studio, sharing, client_for).make,
        ids.CANVAS_KIND: CanvasWork(store, source, client_for).make,
    }


def home_source(store: Store) -> HomeSource:
    """What App Home shows of rankings."""
    return RankingHome(Listing(store.rankings), store.people).blocks
