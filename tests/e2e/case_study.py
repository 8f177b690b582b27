"""How people work at a case study in the sandbox: one function a thing they do."""

import io
import json
from collections.abc import Mapping, Sequence

import docx
from docx.document import Document
from docx.oxml.ns import qn

from sandbox.harness import Harness
from sandbox.state import Message, View, ViewPlace
from tests.e2e.ranking import close_modal

CHECKS = ("nobody", "agreed", "costs")

Answers = Mapping[str, str | Sequence[str]]


async def until_modal_says(harness: Harness, user_id: str, words: str) -> View:
    """Wait until the person's modal says this."""

    def look() -> View | None:
        view = harness.open_view(user_id)
        return view if view and words in json.dumps(view.blocks, ensure_ascii=False) else None

    return await harness.until(look, f"a modal that says “{words}”")


async def until_told(harness: Harness, user_id: str, words: str) -> Message:
    """Wait until a direct message says this, and return the newest that does."""

    def look() -> Message | None:
        messages = reversed(harness.direct_messages(user_id))
        return next((message for message in messages if words in message.text), None)

    return await harness.until(look, f"a direct message that says “{words}”")


async def until_refused(harness: Harness, user_id: str, field: str, words: str) -> None:
    """Send the form, which is not taken: this is said at the field."""
    assert words in (await harness.submit(user_id))[field]


def own_messages(harness: Harness, user_id: str) -> str:
    """The id of the conversation with the app, in which its buttons are pressed."""
    return harness.workspace.direct_message(user_id).id


def draft_of(harness: Harness, user_id: str) -> str:
    """The id of the case study whose first page the person has open."""
    view = harness.open_view(user_id)
    assert view is not None
    return str(view.content["private_metadata"])


# Writing


async def begin(harness: Harness, user_id: str, channel_id: str, template: str) -> str:
    """Begin with the command; returns the id."""
    await harness.acts.run_command(user_id, channel_id, "/casestudy")
    await harness.click(user_id, "Start", value=template)
    await until_modal_says(harness, user_id, "Untitled case study")
    return draft_of(harness, user_id)


async def begin_from_message(
    harness: Harness, user_id: str, message: Message, template: str, quoted: str
) -> str:
    """Begin from a message's menu, with the words of it in the form; returns the id."""
    shortcut = "case_studies.message.start"
    await harness.acts.message_shortcut(user_id, shortcut, message.channel_id, message.ts)
    await until_modal_says(harness, user_id, quoted)
    await harness.fill(user_id, "template", template)
    assert await harness.submit(user_id) == {}
    await until_modal_says(harness, user_id, "Untitled case study")
    return draft_of(harness, user_id)


async def go_on(harness: Harness, user_id: str, channel_id: str, study: str) -> None:
    """Open the draft's first page with the command."""
    await harness.acts.run_command(user_id, channel_id, "/casestudy")
    await harness.click(user_id, "Go on", value=study)
    await until_modal_says(harness, user_id, "Read it through")


async def fill_in(harness: Harness, user_id: str, answers: Answers) -> None:
    """Fill in the form that is open, and do not send it."""
    for name, answer in answers.items():
        await harness.fill(user_id, name, answer if isinstance(answer, str) else list(answer))


async def write(harness: Harness, user_id: str, section: str, answers: Answers) -> None:
    """Open the form of a section (`study|section`) from the first page, fill it in and save it."""
    await harness.click(user_id, "Write", value=section)
    await fill_in(harness, user_id, answers)
    assert await harness.submit(user_id) == {}


async def ask_colleague(harness: Harness, user_id: str, section: str, colleague: str) -> None:
    """Ask from the first page; the colleague has a direct message."""
    await harness.click(user_id, "Ask a colleague", value=section)
    await harness.fill(user_id, "person", colleague)
    assert await harness.submit(user_id) == {}
    await until_told(harness, colleague, "asks you to write a section")


async def open_asked(harness: Harness, user_id: str, section: str) -> None:
    """Open the form of what is asked of one, from the direct message."""
    await harness.click(user_id, "Write the section", own_messages(harness, user_id), section)
    await until_modal_says(harness, user_id, "All in all")


async def finish_asked(harness: Harness, user_id: str, section: str, owner: str) -> None:
    """Say so in the direct message; the owner is told."""
    await harness.click(user_id, "I have finished this section", own_messages(harness, user_id), section)
    await until_told(harness, owner, f"<@{user_id}> has finished a section")


# Approving and publishing


async def want_approval(harness: Harness, admin: str, channel_id: str) -> None:
    """An admin switches on that a second person approves each case study."""
    await harness.acts.run_command(admin, channel_id, "/commonground")
    await harness.click(admin, "Settings")
    await harness.fill(admin, "approval", ["required"])
    assert await harness.submit(admin) == {}
    await until_modal_says(harness, admin, "The settings are saved")
    await close_modal(harness, admin)


async def ask_approval(harness: Harness, user_id: str, reviewer: str) -> None:
    """Send the check that is open; the reviewer has a direct message."""
    await harness.fill(user_id, "checks", list(CHECKS))
    await harness.fill(user_id, "reviewer", reviewer)
    assert await harness.submit(user_id) == {}
    await until_modal_says(harness, user_id, "has been asked by direct message")
    await close_modal(harness, user_id)
    await until_told(harness, reviewer, "asks you to approve")


async def refuse(harness: Harness, reviewer: str, owner: str, note: str) -> None:
    """Ask for changes, which is not taken without words; the owner reads them."""
    await harness.click(reviewer, "Ask for changes", own_messages(harness, reviewer))
    assert await harness.submit(reviewer)
    await harness.fill(reviewer, "reason", note)
    assert await harness.submit(reviewer) == {}
    await until_told(harness, owner, note)


async def approve(harness: Harness, reviewer: str, owner: str) -> None:
    """Read all of it, and approve it; the owner is told."""
    await harness.click(reviewer, "Approve", own_messages(harness, reviewer))
    await until_told(harness, owner, f"<@{reviewer}> approved your case study")
    await until_told(harness, reviewer, "You approved it")


async def publish(harness: Harness, user_id: str) -> None:
    """Publish from the message that says it is approved."""
    await harness.click(user_id, "Publish", own_messages(harness, user_id))
    await harness.fill(user_id, "checks", list(CHECKS))
    assert await harness.submit(user_id) == {}
    await until_modal_says(harness, user_id, "Your case study is published")


# Reading


async def share(harness: Harness, user_id: str, channel_id: str) -> None:
    """Share it from what is open."""
    await harness.click(user_id, "Share to a channel")
    await harness.fill(user_id, "channel", channel_id)
    assert await harness.submit(user_id) == {}
    await close_modal(harness, user_id)


async def search(harness: Harness, user_id: str, channel_id: str, word: str) -> None:
    """Find it by a word of it, which the list shows in bold where it stands."""
    await harness.acts.run_command(user_id, channel_id, f"/casestudy {word}")
    view = await until_modal_says(harness, user_id, f"Found for “{word}”")
    pieces = [
        piece
        for block in view.blocks
        if block["type"] == "rich_text"
        for piece in block["elements"][0]["elements"]
    ]
    assert word in [piece["text"] for piece in pieces if (piece.get("style") or {}).get("bold")]


async def filter_by(harness: Harness, user_id: str, facet: str, value: str, title: str) -> None:
    """Filter what is found by a value that the filter offers, with its number."""
    await harness.click(user_id, "Filter")
    view = await until_modal_says(harness, user_id, "has to fit every filter")
    menu = f"case_studies.filters.{facet}"
    found = await harness.acts.suggest(user_id, ViewPlace(view.id), menu, menu, "")
    labels = {option["value"]: option["text"]["text"] for option in found["options"]}
    assert labels[value].endswith("(1)"), labels
    await harness.fill(user_id, menu, [value])
    assert await harness.submit(user_id) == {}
    await until_modal_says(harness, user_id, title)


async def word_file(harness: Harness, user_id: str) -> Document:
    """Ask for the Word file of the case study that is open, and open what comes as a direct message."""
    await harness.click(user_id, "Export")
    assert await harness.submit(user_id) == {}

    def look() -> Message | None:
        return next((message for message in harness.direct_messages(user_id) if message.file_ids), None)

    (file_id,) = (await harness.until(look, "the Word file")).file_ids
    return docx.Document(io.BytesIO(harness.workspace.file_content[file_id]))


def headings(document: Document, level: str) -> list[str]:
    """The texts of this style, such as `Heading 1`, in order."""
    return [p.text for p in document.paragraphs if p.style and p.style.name == level]


def header_rows(document: Document) -> list[list[str]]:
    """The words of each table's first row, which is marked as its header."""
    first = [table.rows[0] for table in document.tables]
    assert all(row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in first)
    return [[cell.text for cell in row.cells] for row in first]


def cell_texts(document: Document) -> list[str]:
    """What stands in the tables."""
    return [cell.text for table in document.tables for row in table.rows for cell in row.cells]
