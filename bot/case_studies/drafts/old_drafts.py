"""Drafts that nobody has touched for long: their owner is asked what is to become of them.

Nothing is deleted by itself. The question is a message that follows the draft: once it
has been answered or written on, it says so and has no buttons.
"""

from datetime import UTC, datetime, timedelta

from slackblocks import Block

from bot.blocks import actions, button, confirm, day, escape, section
from bot.case_studies import ids, message_ids
from bot.case_studies.answers import study_title
from bot.case_studies.message_ids import study_of
from bot.case_studies.phrases import draft_state, short_title
from bot.delivery.content import Content
from knowledge.model import Library, Template
from storage.case_study_store import CaseStudyStore
from storage.records.case_studies import CaseStudy, DraftSummary
from storage.records.messages import Message
from storage.records.work import Work
from storage.store import ConflictError, NotFoundError, Store

ASK_ABOUT_DRAFTS = "case_studies.ask_about_drafts"
EVERY = timedelta(days=1)
PAGE = 100
EVERYWHERE = ""
"""In place of a workspace: the work looks at the drafts of all."""

DELETED = "This draft has been deleted."
NOT_ASKED = "This draft has been kept, or written on since. There is nothing to decide."


class OldDrafts:
    """What the clock does about drafts."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def plan(self, at: datetime) -> None:
        """Look at all drafts then, and each day after it."""
        await self._store.work.plan(EVERYWHERE, ASK_ABOUT_DRAFTS, ASK_ABOUT_DRAFTS, "", at)

    async def ask(self, work: Work) -> None:
        """Ask about each draft that is old enough in its own workspace, and plan the next look."""
        now = datetime.now(UTC)
        days: dict[str, timedelta] = {}
        last: DraftSummary | None = None
        while page := await self._store.case_studies.drafts_untouched_since(now - EVERY, PAGE, last):
            for draft in page:
                if draft.workspace_id not in days:
                    settings = await self._store.settings.get(draft.workspace_id)
                    days[draft.workspace_id] = timedelta(days=settings.ask_about_drafts_after_days)
                if is_old(draft, now, days[draft.workspace_id]):
                    await self._ask_about(draft, now)
            last = page[-1]
        await self.plan(now + EVERY)

    async def _ask_about(self, draft: DraftSummary, now: datetime) -> None:
        question = Message(
            workspace_id=draft.workspace_id,
            id=f"{ids.OLD_DRAFT_KIND}:{draft.id}:{int(now.timestamp())}",
            kind=ids.OLD_DRAFT_KIND,
            subject=message_ids.subject(draft.id),
            channel_id=draft.owner.user_id,
        )
        try:
            await self._store.case_studies.record_draft_asked(draft.workspace_id, draft.id, now, [question])
        except (NotFoundError, ConflictError):  # deleted or published in between
            return


def is_old(draft: DraftSummary, now: datetime, days: timedelta) -> bool:
    """Whether its owner is to be asked: untouched that long, and not asked in that time."""
    return max(draft.updated_at, draft.asked_at or draft.updated_at) <= now - days


class OldDraftRenderer:
    """Renders the question, or what has become of the draft since."""

    def __init__(self, studies: CaseStudyStore, library: Library) -> None:
        self._studies = studies
        self._library = library

    async def render(self, message: Message) -> Content:
        study = await self._studies.get_case_study(message.workspace_id, study_of(message.subject))
        if study is None:
            return Content(DELETED, [section(DELETED)])
        asked_at = datetime.fromtimestamp(int(message.id.rpartition(":")[2]), UTC)
        if study.status != "draft" or study.updated_at > asked_at:
            return told(study, NOT_ASKED)
        return question(study, self._library.template(study.template_id))


def question(study: CaseStudy, template: Template | None) -> Content:
    """Asks the owner what is to become of the draft."""
    title, since = escape(short_title(study)), day(study.updated_at)
    stays = "Do you still need it? It stays as it is until you decide."
    sure = confirm(
        "Delete this draft?", "All that was written in it goes. It cannot be brought back.", "Delete"
    )
    state = escape(draft_state(study, template))
    blocks: list[Block] = [
        section(f"Nobody has written on your draft *{title}* since {since}. {stays}\n{state}"),
        actions(
            button("Go on with it", ids.OPEN_DRAFT, study.id, style="primary"),
            button("Keep it", ids.KEEP_OLD, study.id),
            button("Delete it", ids.DELETE_OLD, study.id, confirm=sure),
        ),
    ]
    return Content(f"Nobody has written on your draft {title} since {since}. {stays}\n{state}", blocks)


def told(study: CaseStudy, sentence: str) -> Content:
    """The same message once nothing is asked any more."""
    text = f"{escape(study_title(study))}\n{sentence}"
    return Content(text, [section(f"*{escape(short_title(study))}*\n{sentence}")])
