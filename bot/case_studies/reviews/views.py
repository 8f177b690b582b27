"""Approval by a second person: what the reviewer is asked, and what is said once it is decided."""

from slackblocks import Block, InputBlock, PlainTextInput

from bot.blocks import actions, button, confirm, context, escape, paragraphs, plain, section
from bot.case_studies import ids
from bot.case_studies.answers import study_title
from bot.case_studies.modals import Modal, modal
from bot.case_studies.phrases import short_title
from bot.delivery.content import Content
from storage.records.case_studies import CaseStudy, CaseStudySummary
from storage.records.case_study_history import CaseStudyEvent

LONGEST_REASON = 2_000
ONLY_THEN = "It is published only when you approve what it says now."


def review_rows(study: CaseStudySummary) -> list[Block]:
    """What is asked of a reviewer, with the ways to answer."""
    sure = confirm(
        "Approve it?",
        "Its author can then publish it to everybody in the workspace, as it is now.",
        "Approve",
    )
    title = short_title(study)
    return [
        section(f"<@{study.owner.user_id}> asks you to approve *{escape(title)}*. {ONLY_THEN}"),
        actions(
            button("Read", ids.READ, study.id, spoken=f"Read {title}"),
            button(
                "Approve", ids.APPROVE, study.id, style="primary", confirm=sure, spoken=f"Approve {title}"
            ),
            button("Ask for changes", ids.OPEN_CHANGES, study.id, spoken=f"Ask for changes to {title}"),
        ),
    ]


def request_content(study: CaseStudy) -> Content:
    """The direct message to the reviewer."""
    text = f"<@{study.owner.user_id}> asks you to approve {escape(study_title(study))}. {ONLY_THEN}"
    return Content(text, review_rows(study))


def closed_content(study: CaseStudy, sentence: str, *, may_read: bool = False) -> Content:
    """The same message once nothing is asked any more; `sentence` is Slack's markup."""
    title = short_title(study)
    words = f"*{escape(title)}*\n{sentence}"
    read = button("Read", ids.READ, study.id, spoken=f"Read {title}") if may_read else None
    return Content(f"{escape(title)}\n{sentence}", [section(words, accessory=read)])


def decision_content(study: CaseStudy, event: CaseStudyEvent) -> Content:
    """The direct message to the owner: what was decided, and what to do now."""
    title, who = escape(short_title(study)), f"<@{event.actor.user_id}>"
    if event.kind == "approved":
        said, todo, reason = f"{who} approved", _after_approval(study, event), ""
    else:
        said, todo, reason = f"{who} asks for changes to", "", event.note
    blocks: list[Block] = [
        section(f"{said} your case study *{title}*. {todo}".rstrip()),
        *paragraphs(reason),
    ]
    if study.status in {"draft", "in_review"}:
        buttons = [button("Go on with it", ids.OPEN_DRAFT, study.id)]
        if event.kind == "approved" and study.last_change == event.last_change:
            buttons.insert(0, button("Publish", ids.PUBLISH, study.id, style="primary"))
        blocks.append(actions(*buttons))
    return Content(f"{said} your case study {title}. {todo}\n{escape(reason)}".rstrip(), blocks)


def _after_approval(study: CaseStudy, event: CaseStudyEvent) -> str:
    if study.status not in {"draft", "in_review"}:
        return "It has been published."
    if study.last_change != event.last_change:
        return "It has been changed since, so it needs another approval."
    return "You can publish it now. If it is changed first, it needs another approval."


def changes_modal(study: CaseStudy) -> Modal:
    """The form in which a reviewer says what has to change."""
    reason = InputBlock(
        label=plain("What has to change"),
        element=PlainTextInput(
            action_id=ids.REASON_FIELD, multiline=True, min_length=1, max_length=LONGEST_REASON
        ),
        block_id=ids.REASON_FIELD,
        hint=plain("The author gets your words in a direct message."),
    )
    return modal(
        "Ask for changes",
        [section(plain(short_title(study))), reason],
        metadata=study.id,
        callback_id=ids.SEND_CHANGES,
        submit="Send",
        close="Back",
    )


def asked_modal(study: CaseStudy, reviewer_id: str) -> Modal:
    """Said to the author alone: who has been asked, and what comes next."""
    words = (
        f"<@{reviewer_id}> has been asked by direct message to approve *{escape(short_title(study))}*. "
        "You are told what they decide."
    )
    return modal("Asked for approval", [section(words), context("A later change needs another approval.")])
