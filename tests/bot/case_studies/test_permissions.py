"""Everything about case studies that can be pressed, sent or asked, tried by the wrong person.

A new id fails here until it has its line in the table: who may use it.
"""

import re
from pathlib import Path

import pytest

from bot import handover
from bot.blocks import as_dicts
from bot.case_studies import home_source, ids
from bot.case_studies.history import ids as history_ids
from knowledge.model import Library
from storage.store import Store
from tests.bot.case_studies.examples import caller
from tests.bot.case_studies.permission_acts import SECRET, Acting
from tests.bot.case_studies.permission_table import (
    CARA,
    EVE,
    FAY,
    LINES,
    MAY,
    MAY_NOT,
    NOBODY,
    ONES_OWN,
    OPEN_LIBRARY,
    Line,
)
from tests.bot.case_studies.steps import post_card
from tests.slack import ANNA, BEN, PIA, Bot, Slack, User

OF_ONE = [line for line in LINES if line.right not in {"member", "admin"}]
OF_A_DRAFT = [line for line in OF_ONE if line.state != "published"]
IN_THE_LIBRARY = [line for line in LINES if line.right == "member" and line.state != "published"]
HISTORY = {value for name, value in vars(history_ids).items() if name.isupper()}
"""Whoever wrote some of it goes on seeing who wrote what."""
READ_ONCE_PUBLISHED = {
    ids.READ,
    ids.READ_THROUGH,
    ids.EARLIER_PART,
    ids.LATER_PART,
    ids.OPEN_EXPORT,
    ids.SEND_EXPORT,
}


@pytest.fixture
def acting(bot: Bot, slack: Slack, store: Store, tmp_path: Path) -> Acting:
    return Acting(bot, slack, store, tmp_path / "commonground.db")


def name_of(line: Line) -> str:
    return f"{type(line).__name__} {line.id}"


def assert_refused(words: str) -> None:
    """In words, and by the rules: a reference number would be a fault of ours."""
    assert len(words.split()) > 3
    assert "reference" not in words


def test_every_id_has_its_line() -> None:
    constants = [value for module in (ids, history_ids, handover) for value in vars(module).values()]
    names = {value for value in constants if isinstance(value, str)}
    known = {name for name in names if re.fullmatch(r"case_studies\.\w+\.\w+", name)}
    assert known | set(ids.FILTER_FIELDS) == {line.id for line in LINES if "." in line.id} | ONES_OWN


@pytest.mark.parametrize("line", LINES, ids=name_of)
async def test_who_may_do_it_can(acting: Acting, line: Line) -> None:
    await acting.prepare(line)
    before = acting.rows()
    assert not await acting.act(line, MAY[line.right])
    assert (acting.rows() == before) == line.reads


@pytest.mark.parametrize("line", LINES, ids=name_of)
async def test_everybody_else_is_refused_in_words_and_no_row_changes(acting: Acting, line: Line) -> None:
    await acting.prepare(line)
    before = acting.rows()
    for user in MAY_NOT[line.right]:
        assert_refused(await acting.act(line, user))
    assert acting.rows() == before


@pytest.mark.parametrize("line", OF_A_DRAFT, ids=name_of)
async def test_a_draft_looks_the_same_as_none(acting: Acting, line: Line) -> None:
    await acting.prepare(line)
    for user in NOBODY:
        words = await acting.act(line, user)
        assert words == await acting.act(line, user, study_id="s9")
        assert SECRET not in words


@pytest.mark.parametrize("line", IN_THE_LIBRARY, ids=name_of)
async def test_a_draft_is_in_nothing_that_the_library_shows(acting: Acting, slack: Slack, line: Line) -> None:
    await acting.prepare(line)
    before = len(slack.calls)
    assert not await acting.act(line, BEN)
    assert SECRET not in str(slack.calls[before:])


async def test_a_draft_is_in_no_list_and_home_of_others(
    acting: Acting, bot: Bot, slack: Slack, store: Store, library: Library
) -> None:
    await acting.prepare(OPEN_LIBRARY)
    for words in ("", "list", SECRET.lower()):
        await bot.command("/casestudy", words, BEN)

    async def home(user: User) -> str:
        offered = await home_source(store, library)(caller(user))
        return str([as_dicts(rows) for rows in offered.values()])

    assert SECRET in await home(ANNA)
    for user in NOBODY:
        assert SECRET not in await home(user)
    assert SECRET not in str(slack.calls)


@pytest.mark.parametrize("line", [line for line in OF_ONE if line.id not in HISTORY], ids=name_of)
async def test_once_published_only_its_owner_changes_it(acting: Acting, line: Line) -> None:
    await acting.prepare(line)
    if line.state != "published":
        await acting.bring_to("in_review")
        await acting.bring_to("published")
    before = acting.rows()
    for user in (BEN, PIA, EVE, CARA, FAY):
        words = await acting.act(line, user)
        if line.id in READ_ONCE_PUBLISHED and user != PIA:
            assert not words
        else:
            assert_refused(words)
    assert acting.rows() == before or line.id == ids.SEND_EXPORT


@pytest.mark.parametrize("line", [line for line in LINES if line.id in READ_ONCE_PUBLISHED], ids=name_of)
async def test_a_published_one_is_read_by_partners_once_it_is_shared(
    acting: Acting, store: Store, line: Line
) -> None:
    await acting.prepare(line)
    await acting.bring_to("published")
    words = await acting.act(line, PIA)
    assert "nobody has shared it in a channel" in words
    assert words == await acting.act(line, PIA, study_id="s9")
    await post_card(store)
    assert not await acting.act(line, PIA)
