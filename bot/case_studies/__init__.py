"""Case studies: written in sections, published, found, shared and exported."""

import re
from collections.abc import Collection, Sequence

from slack_bolt.async_app import AsyncApp

from bot.admins import Admins
from bot.case_studies import ids
from bot.case_studies.background import clock_handlers, plan_standing_work, refused, renderers
from bot.case_studies.colleagues.asking import Colleagues
from bot.case_studies.colleagues.listeners import ColleagueListeners
from bot.case_studies.conflicts.choosing import Choosing
from bot.case_studies.conflicts.listeners import ConflictListeners
from bot.case_studies.digests.listeners import DigestListeners
from bot.case_studies.digests.subscribing import Subscribing
from bot.case_studies.drafts.drafting import Drafting
from bot.case_studies.drafts.listeners import DraftListeners
from bot.case_studies.drafts.old_listeners import OldDraftListeners
from bot.case_studies.drafts.overviews import Overviews
from bot.case_studies.drafts.section_listeners import SectionListeners
from bot.case_studies.exports.listeners import ExportListeners
from bot.case_studies.exports.ordering import Ordering
from bot.case_studies.exports.rights import ExportRights
from bot.case_studies.exports.withdrawn import WithdrawnListeners
from bot.case_studies.fields.inputs import STORED_AT_ONCE
from bot.case_studies.fields.suggestions import SUGGESTED, SuggestionListeners
from bot.case_studies.follow import Shelves
from bot.case_studies.history import ids as history_ids
from bot.case_studies.history.listeners import HistoryListeners
from bot.case_studies.history.service import History
from bot.case_studies.library.filter_listeners import FilterListeners
from bot.case_studies.library.finding import Finding
from bot.case_studies.library.listeners import LibraryListeners
from bot.case_studies.library.sharing import Sharing
from bot.case_studies.owners.handing_on import Owners
from bot.case_studies.owners.left_listeners import LeftListeners
from bot.case_studies.owners.listeners import OwnerListeners
from bot.case_studies.publishing.listeners import PublishListeners
from bot.case_studies.publishing.publishing import Publishing
from bot.case_studies.quotes.listeners import QuoteListeners
from bot.case_studies.reviews.listeners import ReviewListeners
from bot.case_studies.reviews.reviewing import Reviews
from bot.case_studies.service import CaseStudyService
from bot.case_studies.withdrawal.listeners import WithdrawalListeners
from bot.case_studies.withdrawal.withdrawing import Withdrawal
from bot.curators import Curators
from bot.delivery.open_views import OpenViews
from bot.handover import LEFT_BEHIND, STUDIES_BESIDE, STUDIES_USING, WITHDRAWN_STUDIES, WRITE_ABOUT
from bot.picker import Picker
from bot.sections import HomeSource
from bot.slack_people import SlackPeople
from knowledge.model import FieldKind, Library, Template
from storage.store import Store

__all__ = [
    "STARTS",
    "clock_handlers",
    "home_source",
    "plan_standing_work",
    "refused",
    "register",
    "renderers",
]

STARTS = (ids.BEGIN, ids.MESSAGE_SHORTCUT, WRITE_ABOUT, ids.BEGIN_WITH_QUOTE)
"""What begins a case study, or leads to it."""
ONCE = (
    ids.BEGIN,
    ids.BEGIN_WITH_QUOTE,
    ids.SEND_ASK,
    ids.SEND_EXPORT,
    ids.SEND_LIBRARY_EXPORT,
    ids.SEND_OWNER,
)
"""What makes or sends something, or gives somebody a right, for the first time only."""


def register(
    app: AsyncApp,
    store: Store,
    library: Library,
    picker: Picker,
    people: SlackPeople,
    admins: Admins,
    curators: Curators,
    views: OpenViews,
) -> None:
    """Listen for the command, and for every press and form of the feature."""
    service = CaseStudyService(store, library)
    publishing = Publishing(service, store.case_studies)
    drafting = Drafting(service, publishing, store.case_studies)
    choosing = Choosing(service, drafting, publishing, store.case_studies)
    reviews = Reviews(store, service)
    overviews = Overviews(service, store, reviews, views)
    colleagues = Colleagues(service, store)
    drafts = DraftListeners(service, drafting, overviews)
    sections = SectionListeners(service, drafting, overviews, colleagues)
    quotes = QuoteListeners(service, drafting, overviews, store.rankings)
    old = OldDraftListeners(service, drafting, store)
    suggestions = SuggestionListeners(service, store.people, picker)

    app.action(ids.OPEN_START)(drafts.open_start)
    app.action(ids.BEGIN)(drafts.begin_draft)
    app.action(ids.NEWER_DRAFTS)(drafts.turn_drafts)
    app.action(ids.OLDER_DRAFTS)(drafts.turn_drafts)
    app.action(ids.OPEN_DRAFT)(drafts.open_draft)
    app.action(ids.WRITE_SECTION)(sections.write_section)
    app.view(ids.SAVE_SECTION)(sections.save_section)
    app.action(ids.NEXT_SECTION)(sections.turn_section)
    app.action(ids.PREVIOUS_SECTION)(sections.turn_section)
    app.action(_fields_of(library.templates, STORED_AT_ONCE))(sections.save_choice)
    app.options(_fields_of(library.templates, SUGGESTED))(suggestions.offer_options)
    app.action(ids.DELETE)(drafts.delete_draft)
    _listen_to_publishing(
        app, PublishListeners(service, publishing, reviews, overviews), ReviewListeners(reviews)
    )
    _listen_to_others(
        app,
        ConflictListeners(service, overviews, choosing),
        ColleagueListeners(service, overviews, colleagues),
    )

    withdrawals = WithdrawalListeners(Withdrawal(service, store.case_studies), overviews)
    app.action(ids.WITHDRAW)(withdrawals.open_withdrawal)
    app.view(ids.SEND_WITHDRAWAL)(withdrawals.send_withdrawal)

    _listen_to_owners(app, OwnerListeners(service, Owners(service, store), overviews, curators))
    left = LeftListeners(store.case_studies, curators)
    app.action(LEFT_BEHIND)(ack=left.promise_list, lazy=[left.show_list])

    app.shortcut(ids.MESSAGE_SHORTCUT)(quotes.open_quote)
    app.action(WRITE_ABOUT)(quotes.open_ranking_quote)
    app.view(ids.BEGIN_WITH_QUOTE)(quotes.begin_with_quote)

    app.action(ids.KEEP_OLD)(old.keep_draft)
    app.action(ids.DELETE_OLD)(old.delete_draft)

    finding = Finding(service, store.published, library)
    digests = DigestListeners(Subscribing(service, store.digests, people))
    _listen_in_library(
        app,
        LibraryListeners(service, finding, Sharing(service, store.messages), drafts, digests),
        FilterListeners(service, finding),
    )

    app.action(ids.OPEN_DIGEST)(digests.open_digest)
    app.action(ids.OTHER_DIGEST)(digests.choose_other)
    app.view(ids.SET_DIGEST)(digests.set_digest)
    app.action(ids.STOP_DIGEST)(digests.stop_digest)

    _listen_to_history(app, HistoryListeners(History(service, store.case_studies)))

    rights = ExportRights(service, store.sections, admins)
    _listen_to_exports(
        app,
        ExportListeners(Ordering(service, store, rights), finding.names),
        WithdrawnListeners(store.case_studies, admins),
    )


def _listen_to_exports(app: AsyncApp, exports: ExportListeners, withdrawn: WithdrawnListeners) -> None:
    app.action(WITHDRAWN_STUDIES)(withdrawn.open_withdrawn)
    app.action(ids.NEWER_WITHDRAWN)(withdrawn.turn_withdrawn)
    app.action(ids.OLDER_WITHDRAWN)(withdrawn.turn_withdrawn)
    app.action(ids.OPEN_EXPORT)(exports.open_export)
    app.view(ids.SEND_EXPORT)(exports.send_export)
    app.action(ids.EXPORT_ALL)(exports.open_library_export)
    app.action(ids.EXPORT_FOUND)(exports.open_found_export)
    app.view(ids.SEND_LIBRARY_EXPORT)(exports.send_library_export)


def _listen_to_history(app: AsyncApp, history: HistoryListeners) -> None:
    app.action(history_ids.OPEN)(history.open_history)
    for turn in (history_ids.VERSIONS, history_ids.NEWER_VERSIONS, history_ids.OLDER_VERSIONS):
        app.action(turn)(history.turn_versions)
    for turn in (history_ids.STEPS, history_ids.NEWER_STEPS, history_ids.OLDER_STEPS):
        app.action(turn)(history.turn_steps)
    for way in (history_ids.COMPARE, history_ids.COMPARE_WITH_NOW):
        app.action(way)(history.show_difference)
    for turn in (history_ids.EARLIER_PART, history_ids.LATER_PART):
        app.action(turn)(history.show_difference)


def _listen_in_library(app: AsyncApp, studies: LibraryListeners, filters: FilterListeners) -> None:
    app.command("/casestudy")(studies.run_command)
    app.action(ids.OPEN_LIBRARY)(studies.open_library)
    app.action(STUDIES_USING)(studies.list_using)
    app.action(STUDIES_BESIDE)(studies.list_beside)
    app.view(ids.SEARCH)(studies.search_library)
    app.action(ids.NEWER_STUDIES)(studies.turn_library)
    app.action(ids.OLDER_STUDIES)(studies.turn_library)
    app.action(ids.OPEN_FILTERS)(filters.open_filters)
    app.action(ids.CLEAR_FILTERS)(filters.clear_filters)
    app.view(ids.FILTER)(filters.filter_library)
    for menu in ids.FILTER_FIELDS:
        app.options(menu)(filters.offer_values)
    app.action(ids.READ)(studies.read_case_study)
    app.action(ids.READ_THROUGH)(studies.read_case_study)
    app.action(ids.EARLIER_PART)(studies.turn_reading)
    app.action(ids.LATER_PART)(studies.turn_reading)
    app.action(ids.OPEN_SHARE)(studies.open_share)
    app.view(ids.SHARE)(studies.share_case_study)


def _listen_to_publishing(app: AsyncApp, publishing: PublishListeners, answers: ReviewListeners) -> None:
    app.action(ids.PUBLISH)(publishing.open_check)
    app.action(ids.CHANGE_SECTION)(publishing.change_section)
    app.view(ids.SEND_CHECK)(publishing.send_check)
    app.action(ids.APPROVE)(answers.approve)
    app.action(ids.OPEN_CHANGES)(answers.open_changes)
    app.view(ids.SEND_CHANGES)(answers.send_changes)


def _listen_to_owners(app: AsyncApp, owners: OwnerListeners) -> None:
    app.action(ids.HAND_ON)(owners.open_hand_on)
    app.view(ids.SEND_OWNER)(owners.hand_on)
    app.action(ids.OPEN_OWNED)(owners.open_owned)
    app.action(ids.NEWER_OWNED)(owners.turn_owned)
    app.action(ids.OLDER_OWNED)(owners.turn_owned)


def _listen_to_others(app: AsyncApp, conflicts: ConflictListeners, colleagues: ColleagueListeners) -> None:
    """What comes of several people writing one case study."""
    app.action(ids.ASK_COLLEAGUE)(colleagues.open_ask)
    app.view(ids.SEND_ASK)(colleagues.send_ask)
    app.action(ids.REMIND)(colleagues.remind_colleague)
    app.action(ids.TAKE_BACK)(colleagues.take_back)
    app.action(ids.FINISH)(colleagues.finish_section)
    app.action(ids.CHOOSE)(conflicts.open_conflict)
    app.action(ids.KEEP_THEIRS)(conflicts.keep_theirs)
    app.action(ids.KEEP_MINE)(conflicts.keep_mine)
    app.view(ids.KEEP_BOTH)(conflicts.keep_both)


def _fields_of(templates: Sequence[Template], kinds: Collection[FieldKind]) -> re.Pattern[str]:
    """The action ids of fields of these kinds, which are the fields' ids."""
    fields = {field.id for template in templates for field in template.fields if field.kind in kinds}
    return re.compile(f"^({'|'.join(map(re.escape, sorted(fields))) or '(?!)'})$")


def home_source(store: Store, library: Library) -> HomeSource:
    """What App Home shows of case studies."""
    service = CaseStudyService(store, library)
    drafting = Drafting(service, Publishing(service, store.case_studies), store.case_studies)
    colleagues, owners = Colleagues(service, store), Owners(service, store)
    return Shelves(service, drafting, Reviews(store, service), colleagues, owners).offer
