"""What people see of a section that is asked of them, and its owner of whom they have asked."""

from collections.abc import Sequence

from slackblocks import Block, InputBlock, PlainTextInput, UserSelectMenu

from bot.blocks import actions, button, context, cut, day, escape, plain
from bot.blocks import section as paragraph
from bot.case_studies import ids, message_ids
from bot.case_studies.answers import study_title
from bot.case_studies.colleagues.asking import LONGEST_NOTE
from bot.case_studies.message_ids import study_of
from bot.case_studies.modals import Modal, modal
from bot.case_studies.phrases import short_title
from bot.delivery.content import Content
from knowledge.model import Library, Section
from storage.case_study_store import CaseStudyStore
from storage.records.case_studies import CaseStudy
from storage.records.case_study_sections import AskedSection, SectionRequest
from storage.records.messages import Message
from storage.section_store import SectionStore

MAY = (
    "Whoever you ask gets a direct message. They can read the whole draft and write this section. They can "
    "be from another agency too."
)
WISH = "What they would like from you"
DELETED = "The case study that this was about has been deleted."


def ask_modal(
    study: CaseStudy, section: Section, requests: Sequence[SectionRequest], *, note: str = ""
) -> Modal:
    """Whom the section is asked of, with what can be done about it, and somebody else to ask."""
    blocks: list[Block] = [paragraph(f"*{escape(note)}*")] if note else []
    blocks += [paragraph(f"The section *{escape(section.title)}*"), context(MAY)]
    for request in requests:
        blocks.append(paragraph(f"<@{request.person.user_id}>: {_state(request)}"))
        blocks += wish_rows(request.note, "What you would like from them")
        value = ids.RequestRef(study.id, section.id, request.person).encode()
        back = button("Take back", ids.TAKE_BACK, value)
        waits = request.state == "asked"
        blocks.append(actions(button("Remind", ids.REMIND, value), back) if waits else actions(back))
    blocks.append(
        InputBlock(
            label=plain("Ask"),
            element=UserSelectMenu(placeholder=plain("Choose a person"), action_id=ids.PERSON_FIELD),
            block_id=ids.PERSON_FIELD,
        )
    )
    blocks.append(
        InputBlock(
            label=plain("What would you like from them?"),
            element=PlainTextInput(action_id=ids.NOTE_FIELD, multiline=True, max_length=LONGEST_NOTE),
            block_id=ids.NOTE_FIELD,
            hint=plain("They see it in the direct message and above the section."),
            optional=True,
        )
    )
    return modal(
        "Ask a colleague",
        blocks,
        metadata=ids.SectionRef(study.id, section.id).encode(),
        callback_id=ids.SEND_ASK,
        submit="Ask",
        close="Back",
    )


def _state(request: SectionRequest) -> str:
    if request.state == "done":
        return "has finished this section"
    reminded = f", reminded on {day(request.reminded_at)}" if request.reminded_at else ""
    return f"asked on {day(request.asked_at)}{reminded}, not finished yet"


def wish_rows(note: str, label: str) -> list[Block]:
    """What the owner would like, as they wrote it; [] when they wrote nothing."""
    return [paragraph(plain(f"{label}: {note}"))] if note else []


def asked_row(asked: AskedSection, section_title: str) -> list[Block]:
    """A section that is asked of somebody, in their App Home."""
    request, title = asked.request, escape(short_title(asked.study))
    words = (
        f"*{escape(section_title)}* of the case study *{title}*\n"
        f"Asked of you by <@{request.asked_by.user_id}> on {day(request.asked_at)}"
    )
    wish = wish_rows(request.note, WISH)
    return [paragraph(words), *wish, _ways(asked.study.id, request.section_id)]


def _ways(study_id: str, section_id: str) -> Block:
    value = ids.SectionRef(study_id, section_id).encode()
    return actions(
        button("Write the section", ids.WRITE_SECTION, value, style="primary"),
        button("I have finished this section", ids.FINISH, value),
        button("Read the draft", ids.OPEN_DRAFT, study_id),
    )


class ColleagueRenderer:
    """Renders the direct messages about a section as things are now."""

    def __init__(self, studies: CaseStudyStore, sections: SectionStore, library: Library) -> None:
        self._studies = studies
        self._sections = sections
        self._library = library

    async def render_asked(self, message: Message) -> Content:
        """To whoever is asked; once nothing is asked any more, that."""
        study = await self._studies.get_case_study(message.workspace_id, study_of(message.subject))
        if study is None:
            return Content(DELETED, [paragraph(DELETED)])
        ref = message_ids.request_of(message.id)
        requests = await self._sections.list_sections(message.workspace_id, study.id)
        meant = [one for one in requests if (one.section_id, one.person) == (ref.section_id, ref.person)]
        what = self._what(study, ref.section_id)
        if not meant or meant[0].state == "withdrawn":
            return _said(f"{what}\nThis is not asked of you any more. What you wrote is kept.")
        if study.status not in {"draft", "in_review"}:
            read = [actions(button("Read it", ids.READ, study.id))] if study.status == "withdrawn" else []
            return _said(f"{what}\nThis has ended: the case study has been {study.status}.", *read)
        if meant[0].state == "done":
            ends = f"{what}\nYou have finished this section. You can change it until it is published."
            value = ids.SectionRef(study.id, ref.section_id).encode()
            return _said(ends, actions(button("Change it", ids.WRITE_SECTION, value)))
        # The message of a reminder is a later one about the same request.
        is_reminder = int(message.id.rpartition(":")[2]) > int(meant[0].asked_at.timestamp())
        asks = "reminds you that you are asked" if is_reminder else "asks you"
        words = f"<@{meant[0].asked_by.user_id}> {asks} to write a section.\n{what}"
        wish, ways = wish_rows(meant[0].note, WISH), _ways(study.id, ref.section_id)
        text = words.replace("*", "")
        return Content(
            f"{text}\n{WISH}: {escape(meant[0].note)}" if wish else text, [paragraph(words), *wish, ways]
        )

    async def render_finished(self, message: Message) -> Content:
        """To the owner."""
        study = await self._studies.get_case_study(message.workspace_id, study_of(message.subject))
        if study is None:
            return Content(DELETED, [paragraph(DELETED)])
        ref = message_ids.request_of(message.id)
        words = f"<@{ref.person.user_id}> has finished a section.\n{self._what(study, ref.section_id)}"
        return _said(words, actions(button("Open the case study", ids.OPEN_DRAFT, study.id)))

    def _what(self, study: CaseStudy, section_id: str) -> str:
        template = self._library.template(study.template_id)
        section = template.section(section_id) if template else None
        title = escape(cut(study_title(study), 150))
        return f"*{escape(section.title if section else section_id)}* of the case study *{title}*"


def _said(words: str, *ways: Block) -> Content:
    return Content(words.replace("*", ""), [paragraph(words), *ways])
