"""A day in the sandbox in which all that anybody types carries a mark, and is found wherever it goes."""

import itertools
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from sandbox.harness import Harness
from sandbox.trouble import Fault
from tests.e2e.case_study import CHECKS, begin, search, share, until_modal_says, until_told, word_file, write
from tests.e2e.ranking import (
    CHANNEL,
    DEV,
    ORLA,
    RUTH,
    answer_for,
    close_modal,
    consent,
    go_on,
    open_ballot,
    press_item,
    press_on_board,
    tap,
    until_board_says,
)
from tests.e2e.ranking import (
    OUTSIDER_TO_RANKING as COLIN,
)

MARK = re.compile(r"zq\d+mark")
_numbers = itertools.count(1)


def marked(words: str = "") -> str:
    """The words with a mark that stands nowhere else."""
    return f"{words} zq{next(_numbers)}mark".strip()


def mark_names(harness: Harness) -> None:
    """Give people and channels marked names; before the bot starts."""
    people = harness.workspace.people
    for user_id, person in people.items():
        people[user_id] = replace(person, name=marked(), real_name=marked("Anna"))
    for channel in harness.workspace.channels.values():
        channel.name = marked().lower()


async def look_up(harness: Harness) -> None:
    """By every door, found and not found, saved and shared with a note."""
    own = harness.workspace.direct_message(RUTH).id
    await harness.acts.run_command(RUTH, CHANNEL, f"/strategies {marked('people keep leaving')}")
    await harness.acts.run_command(RUTH, CHANNEL, f"/strategies {marked()}")
    await harness.acts.say(RUTH, own, marked("trust"))
    await harness.acts.say(RUTH, CHANNEL, f"@Common Ground {marked('we do not trust each other')}")
    ts = await harness.acts.say(DEV, CHANNEL, marked("We do not trust each other"))
    await harness.acts.message_shortcut(RUTH, "strategies.message.find", CHANNEL, ts)
    await until_modal_says(harness, RUTH, "What may help with")
    await harness.click(RUTH, "Show")
    await harness.click(RUTH, "Share with a note")
    await harness.fill(RUTH, "note", marked())
    assert await harness.submit(RUTH) == {}
    await close_modal(harness, RUTH)


async def rank(harness: Harness, path: Path) -> None:
    """A list of one's own, an agency, answers, a block with its reason, refusals, a locked database."""
    lines = "\n".join(marked(f"{number}. Statement") for number in range(1, 6))
    ts = await harness.acts.say(ORLA, CHANNEL, lines)
    await harness.acts.message_shortcut(ORLA, "ranking.message.list", CHANNEL, ts)
    await answer_for(harness, ORLA, marked("Agency"))
    await harness.fill(ORLA, "title", marked())
    await harness.fill(ORLA, "channel", CHANNEL)
    await harness.fill(ORLA, "people", [ORLA, RUTH])
    assert await harness.submit(ORLA) == {}
    assert await harness.submit(ORLA) == {}
    await until_board_says(harness, "Step 1")
    harness.web_api.faults.add(Fault("chat.update", status=500, times=2))
    harness.web_api.faults.add(Fault("chat.update", retry_after=1))
    await press_on_board(harness, COLIN, "For the facilitator")
    await go_on(harness, "Go on")
    await open_ballot(harness, RUTH, "Name one to drop")
    item = next(one for one in harness.spots(RUTH) if one.label == "Drop this").element["value"].split("|")[2]
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await press_item(harness, RUTH, "Drop this", item)
        other.execute("ROLLBACK")
    await close_modal(harness, RUTH)
    for user_id in (ORLA, RUTH):
        await tap(harness, user_id, "Name one to drop", "Drop this", [item])
    await until_board_says(harness, "2 of 2 have answered")
    await go_on(harness, "End step")
    await press_on_board(harness, ORLA, "For the facilitator")
    await harness.click(ORLA, "Propose")
    assert await harness.submit(ORLA) == {}
    await until_board_says(harness, "Step 2b")
    assert await consent(harness, RUTH, "block", marked("Because")) == {}
    assert await consent(harness, ORLA, "support") == {}
    await until_board_says(harness, "2 of 2 have answered")
    await go_on(harness, "End step")
    await until_board_says(harness, "nothing is decided over a block")


async def write_case_study(harness: Harness) -> None:
    """Refused, published, shared, searched for, exported."""
    study = await begin(harness, ORLA, CHANNEL, "good-practice")
    await write(harness, ORLA, f"{study}|who", {"organization": marked(), "activity": marked("Breakfast")})
    await harness.click(ORLA, "Publish")
    await until_modal_says(harness, ORLA, "Not published yet")
    aims = marked("aims")
    await write(harness, ORLA, f"{study}|why", {"aims": f"{aims} 07700 900123"})
    await write(harness, ORLA, f"{study}|what", {"description": marked()})
    await harness.click(ORLA, "Publish")
    await harness.fill(ORLA, "checks", list(CHECKS))
    await harness.submit(ORLA)
    await until_modal_says(harness, ORLA, "Your case study is published")
    await share(harness, ORLA, CHANNEL)
    await search(harness, DEV, CHANNEL, aims.split()[1])
    await harness.click(DEV, "Read")
    await word_file(harness, DEV)
    await close_modal(harness, DEV)


async def meet_trouble(harness: Harness) -> str:
    """A surprise in the course of a press; returns the reference that the person was told."""
    harness.web_api.faults.add(Fault("views.open", status=200, error=marked("internal_error")))
    await harness.acts.run_command(COLIN, CHANNEL, "/rank")

    def told() -> str | None:
        texts = [message.text for message in harness.bot_messages(COLIN, CHANNEL)]
        found = re.search(r"this reference: (\w{8})", texts[-1]) if texts else None
        return found[1] if found else None

    return await harness.until(told, "a reference")


async def erase(harness: Harness) -> None:
    """Ruth looks at her data, has a copy sent, and is erased."""
    await harness.acts.run_command(RUTH, CHANNEL, "/commonground")
    await harness.click(RUTH, "My data")
    await harness.click(RUTH, "Send me a copy")
    await until_modal_says(harness, RUTH, "on its way to you")
    await close_modal(harness, RUTH)
    await harness.click(RUTH, "My data")
    await harness.click(RUTH, "Erase me")
    await harness.fill(RUTH, "word", marked())
    assert await harness.submit(RUTH)
    await harness.fill(RUTH, "word", "ERASE")
    assert await harness.submit(RUTH) == {}
    await until_told(harness, RUTH, "It is done")
