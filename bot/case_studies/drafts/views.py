"""Writing: where to begin, a draft with its sections, and what is said once it is out or gone."""

from collections.abc import Sequence

from slackblocks import Block, Button

from bot.blocks import SECTION_LENGTH, actions, button, confirm, context, cut, escape, header, section
from bot.case_studies import ids
from bot.case_studies.answers import SectionState, labels_of, section_states
from bot.case_studies.conflicts.views import conflict_rows
from bot.case_studies.history.ids import OPEN as OPEN_HISTORY
from bot.case_studies.modals import Modal, modal
from bot.case_studies.phrases import byline, draft_row, short_title, writers_row
from knowledge.model import Template
from storage.records.case_studies import CaseStudy, DraftSummary
from storage.records.case_study_access import Access
from storage.records.case_study_history import Conflict

DRAFTS_A_PAGE = 10
APPROVAL_FIRST = "Here somebody else has to approve a case study before it is published."


def start_modal(templates: Sequence[Template], drafts: Sequence[DraftSummary], *, offset: int = 0) -> Modal:
    """Begin, go on, or read. `drafts` are those from `offset` on, one more than a page if there are more."""
    blocks: list[Block] = [header("Write a case study")]
    for template in templates:
        start = button("Start", ids.BEGIN, template.id, spoken=f"Start: {template.title}")
        words = f"*{escape(template.title)}*\n{escape(template.summary)}"
        blocks.append(section(words, accessory=start))
    blocks += _drafts(templates, drafts, offset)
    look = button("Read case studies", ids.OPEN_LIBRARY)
    yours = button("Your published case studies", ids.OPEN_OWNED)
    blocks += [
        header("Read what others did"),
        section("Case studies that people in this workspace have published.", accessory=look),
        actions(yours),
    ]
    return modal("Case studies", blocks)


def _drafts(templates: Sequence[Template], drafts: Sequence[DraftSummary], offset: int) -> list[Block]:
    by_id = {template.id: template for template in templates}
    if not drafts:
        return [context("You have no drafts." if not offset else "There are no more drafts.")]
    rows: list[Block] = [header("Go on with a draft")]
    rows += [draft_row(study, by_id.get(study.template_id)) for study in drafts[:DRAFTS_A_PAGE]]
    turns = turn_buttons(
        "", offset, DRAFTS_A_PAGE, len(drafts) > DRAFTS_A_PAGE, ids.NEWER_DRAFTS, ids.OLDER_DRAFTS, "drafts"
    )
    return [*rows, *turns]


def turn_buttons(
    what: str, offset: int, page: int, more: bool, newer_id: str, older_id: str, noun: str
) -> list[Block]:
    """The way to the pages before and after this one, where there are any."""
    turns: list[Button] = []
    if offset:
        turns.append(button(f"Previous {noun}", newer_id, ids.Turn(what, max(0, offset - page)).encode()))
    if more:
        turns.append(button(f"More {noun}", older_id, ids.Turn(what, offset + page).encode()))
    return [actions(*turns)] if turns else []


def overview_modal(
    study: CaseStudy,
    template: Template,
    *,
    access: Access,
    conflicts: Sequence[Conflict] = (),
    needs_approval: bool = False,
    refused: bool = False,
) -> Modal:
    """The sections with their states, and what the person of `access` may do with them.

    `conflicts` wait for a choice; `refused` says why publishing was not possible.
    """
    states = section_states(template, study.answers)
    missing = [field for state in states for field in state.missing]
    blocks: list[Block] = [header(short_title(study)), context(byline(study, template.title))]
    if refused and missing:
        words = f"*Not published yet.* Still missing: {escape(labels_of(missing))}. "
        blocks.append(section(cut(f"{words}Press Write beside its section.", SECTION_LENGTH)))
    if where := _approval_words(study, needs_approval=needs_approval):
        blocks.append(context(where))
    blocks += conflict_rows(study, template, conflicts, access)
    for state in states:
        blocks += [_section_row(state), *writers_row(study, state.section)]
        if buttons := _section_buttons(study, state, access):
            blocks.append(actions(*buttons))
    ways = _overview_buttons(study, access, needs_approval=needs_approval)
    if access.may_see_changes:
        ways.append(button("History", OPEN_HISTORY, study.id))
    blocks.append(actions(*ways))
    blocks.append(context(escape(f"Template: {template.source}")))
    return modal("Case study", blocks, metadata=study.id)


def _approval_words(study: CaseStudy, *, needs_approval: bool) -> str:
    """Where its review stands, in Slack's markup."""
    if study.status != "in_review":
        return APPROVAL_FIRST if needs_approval else ""
    if study.reviewer:
        return f"Waiting for the approval of <@{study.reviewer.user_id}>."
    if needs_approval:
        return "It has been changed since it was approved, so it needs another approval."
    return "It can be published as it is now."


def _section_row(state: SectionState) -> Block:
    words = f"*{escape(state.section.title)}*\n{state.words}"
    if state.missing:
        words += f". Still missing: {escape(labels_of(state.missing))}"
    return section(cut(words, SECTION_LENGTH))


def _section_buttons(study: CaseStudy, state: SectionState, access: Access) -> list[Button]:
    """In one row, which on a phone takes half the height of a button beside the words and one below."""
    title, value = state.section.title, ids.SectionRef(study.id, state.section.id).encode()
    buttons: list[Button] = []
    if access.may_write(state.section.id):
        buttons.append(button("Write", ids.WRITE_SECTION, value, spoken=f"Write the section {title}"))
    if access.is_owner and study.status in {"draft", "in_review"}:
        ask = f"Ask a colleague to write {title}"
        buttons.append(button("Ask a colleague", ids.ASK_COLLEAGUE, value, spoken=ask))
    elif state.section.id in access.sections:
        buttons.append(button("I have finished this section", ids.FINISH, value))
    return buttons


def _overview_buttons(study: CaseStudy, access: Access, *, needs_approval: bool) -> list[Button]:
    read = button("Read it through", ids.READ_THROUGH, study.id)
    if not access.is_owner:
        stand_in = [button("Has its owner left?", ids.HAND_ON, study.id)] if access.is_writer else []
        return [read, *stand_in]
    hand_on = button("Hand it on", ids.HAND_ON, study.id)
    if study.status == "withdrawn":
        return [read, hand_on]
    if study.status == "published":
        share = button("Share to a channel", ids.OPEN_SHARE, study.id)
        return [read, share, hand_on, button("Withdraw it", ids.WITHDRAW, study.id)]
    publish = "Publish"
    if needs_approval:
        publish = "Ask somebody else" if study.reviewer else "Ask for approval"
    gone = confirm(
        "Delete this draft?", "All that was written in it goes. It cannot be brought back.", "Delete"
    )
    return [
        read,
        button(publish, ids.PUBLISH, study.id, style="primary"),
        hand_on,
        button("Delete this draft", ids.DELETE, study.id, confirm=gone),
    ]


def published_modal(study: CaseStudy) -> Modal:
    """Said to the author alone: it is out, and what to do with it."""
    blocks: list[Block] = [
        header(short_title(study)),
        section(
            "Your case study is published. Everybody in this workspace can find it with `/casestudy`. "
            "You can still change it."
        ),
        actions(
            button("Share to a channel", ids.OPEN_SHARE, study.id, style="primary"),
            button("Read it", ids.READ_THROUGH, study.id),
            button("Change it", ids.OPEN_DRAFT, study.id),
        ),
    ]
    return modal("Published", blocks)


def deleted_modal(study: CaseStudy) -> Modal:
    """Said to the author alone: it is gone, and where to go from here."""
    blocks: list[Block] = [
        header(short_title(study)),
        section("This draft has been deleted."),
        actions(button("Your other drafts", ids.OPEN_START), button("Read case studies", ids.OPEN_LIBRARY)),
    ]
    return modal("Deleted", blocks)
