"""What follows case studies without a press: messages, and what the clock does."""

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.admins import Admins
from bot.case_studies import ids
from bot.case_studies.colleagues.views import ColleagueRenderer
from bot.case_studies.digests.messages import DigestRenderer
from bot.case_studies.digests.sending import Digests, LostChannels
from bot.case_studies.drafts.old_drafts import ASK_ABOUT_DRAFTS, OldDraftRenderer, OldDrafts
from bot.case_studies.exports.canvas_work import StudyCanvas
from bot.case_studies.exports.library_work import LibraryExport
from bot.case_studies.exports.rights import ExportRights
from bot.case_studies.exports.study_work import StudyExport
from bot.case_studies.follow import CardRenderer
from bot.case_studies.library.old_facets import FILL_FACETS, OldFacets
from bot.case_studies.owners.messages import OwnerRenderer
from bot.case_studies.reviews.messages import DecisionRenderer, ReviewRenderer
from bot.case_studies.service import CaseStudyService
from bot.clients import ClientFor
from bot.delivery.clock import Handler
from bot.delivery.content import Renderer
from bot.delivery.sending import Refused
from bot.delivery.sharing import FileSharing
from bot.slack_people import SlackPeople
from knowledge.model import Library
from storage.digests import DIGEST
from storage.store import Store


def renderers(store: Store, library: Library) -> Mapping[str, Renderer]:
    """How the publisher renders what follows case studies."""
    digests = DigestRenderer(store.published, CaseStudyService(store, library))
    asked = ColleagueRenderer(store.case_studies, store.sections, library)
    return {
        ids.ASKED_KIND: asked.render_asked,
        ids.FINISHED_KIND: asked.render_finished,
        ids.CARD_KIND: CardRenderer(store.case_studies, library).render,
        ids.REVIEW_KIND: ReviewRenderer(store.case_studies).render,
        ids.DECISION_KIND: DecisionRenderer(store.case_studies).render,
        ids.DIGEST_KIND: digests.render,
        ids.DIGEST_ENDED_KIND: digests.render_ending,
        ids.OWNER_KIND: OwnerRenderer(store.case_studies, library).render,
        ids.OLD_DRAFT_KIND: OldDraftRenderer(store.case_studies, library).render,
    }


def refused(store: Store) -> Refused:
    """What is done when Slack takes none of this feature's messages any more."""
    return LostChannels(store).refused


def clock_handlers(store: Store, library: Library, client_for: ClientFor) -> Mapping[str, Handler]:
    """What the clock does about case studies."""
    service, sharing = CaseStudyService(store, library), FileSharing(store.work, client_for)
    rights = ExportRights(service, store.sections, Admins(client_for))
    return {
        ids.EXPORT_KIND: StudyExport(store, service, sharing, rights, client_for).make,
        ids.LIBRARY_EXPORT_KIND: LibraryExport(store, service, sharing, client_for).make,
        ids.CANVAS_KIND: StudyCanvas(store.work, service, client_for).make,
        DIGEST: Digests(store, client_for, SlackPeople(client_for)).send,
        ASK_ABOUT_DRAFTS: OldDrafts(store).ask,
        FILL_FACETS: OldFacets(store.case_studies, store.work, library).fill,
    }


async def plan_standing_work(store: Store, library: Library) -> None:
    """Plan what the clock does every day or at each start; planned already, it is done once more now."""
    now = datetime.now(UTC)
    await OldDrafts(store).plan(now)
    await OldFacets(store.case_studies, store.work, library).plan(now)
