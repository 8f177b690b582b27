"""A case study over two days: three people of three agencies, two texts for one field, a crash, an approval.

Each template goes the whole way, one that is no more than a file too. The clock is moved, the rest is real:
the bot as a process of its own, on a file, over Socket Mode.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from knowledge.loader import load_library
from sandbox.harness import Harness
from tests.e2e.case_study import (
    Answers,
    approve,
    ask_approval,
    ask_colleague,
    begin,
    begin_from_message,
    cell_texts,
    fill_in,
    filter_by,
    finish_asked,
    go_on,
    header_rows,
    headings,
    open_asked,
    publish,
    refuse,
    search,
    share,
    until_modal_says,
    until_refused,
    until_told,
    want_approval,
    word_file,
    write,
)
from tests.e2e.days import Days, running_days
from tests.e2e.ranking import CHANNEL, DEV, MAEVE, ORLA, RUTH, ZOFIA, close_modal
from tests.own_content import own_content

COLIN = "U0COLINWARD"
THURSDAY = datetime(2026, 10, 22, 12, 0, tzinfo=UTC)
A_DAY = timedelta(hours=25)
SAID = "Two of us opened the hall on Saturday."
PLANTED = "020 7946 0123"
NOTE = "Please take out the telephone number."


@dataclass(frozen=True)
class Part:
    """A section with what one person writes there."""

    section: str
    answers: Answers


@dataclass(frozen=True)
class Plan:
    """Who writes what: the owner in the school, a partner in a trust, a colleague in social care.

    `contested` is the field that owner and partner write at the same time, `planted` the one in which the
    colleague leaves a telephone number. `word` stands in it, and `filter_value` is a value of a filter.
    """

    template: str
    owner: Part
    partner: Part
    contested: str
    colleague: Part
    planted: str
    word: str
    filter_value: tuple[str, str]
    from_message: bool = False

    @property
    def title(self) -> str:
        return str(next(iter(self.owner.answers.values())))


PLANS = (
    Plan(
        "good-practice",
        Part("who", {"activity": "Saturday breakfast", "organization": "Larkfield Hub"}),
        Part("what", {"description": "Two health visitors and a cook open the hall."}),
        "description",
        Part("why", {"aims": f"To meet fathers. Call {PLANTED}.", "ecm_outcomes": ["stay-safe"]}),
        "aims",
        "fathers",
        ("outcome", "stay-safe"),
        from_message=True,
    ),
    Plan(
        "case-study-framework",
        Part("approach", {"aim": "One front door", "in_practice": "Three services shared one desk."}),
        Part("conclusions", {"conclusions": "The shared desk mattered more than the form."}),
        "conclusions",
        Part(
            "practice",
            {"outcomes": f"Waiting fell to two weeks. Call {PLANTED}.", "ecm_outcomes": ["be-healthy"]},
        ),
        "outcomes",
        "weeks",
        ("outcome", "be-healthy"),
    ),
    Plan(
        "visit",
        Part("trip", {"place": "Larkfield hub"}),
        Part("lessons", {"seen": "Four services behind one desk.", "mood": ["useful"]}),
        "seen",
        Part("trip", {"place": f"Larkfield hub by the canal, {PLANTED}", "day": "2026-10-14", "spent": "20"}),
        "place",
        "canal",
        ("template", "visit"),
    ),
)


async def first_day(harness: Harness, plan: Plan) -> str:
    """Begun and asked of two; two texts for one field, and the bot ends between them; returns the id."""
    await want_approval(harness, ORLA, CHANNEL)
    study = await start(harness, plan)
    await write(harness, ORLA, f"{study}|{plan.owner.section}", plan.owner.answers)
    await until_modal_says(harness, ORLA, plan.title)
    await ask_colleague(harness, ORLA, f"{study}|{plan.colleague.section}", MAEVE)
    contested = f"{study}|{plan.partner.section}"
    await ask_colleague(harness, ORLA, contested, ZOFIA)

    await open_asked(harness, ZOFIA, contested)
    await fill_in(harness, ZOFIA, plan.partner.answers)
    await write(harness, ORLA, contested, {plan.contested: "Orla wrote this meanwhile."})
    await close_modal(harness, ORLA)
    await harness.kill_bot()
    await harness.start_bot()
    assert await harness.submit(ZOFIA) == {}
    for words in ("Two people changed this", "Orla wrote this meanwhile.", text_of(plan.partner)):
        await until_modal_says(harness, ZOFIA, words)
    await go_on(harness, ORLA, CHANNEL, study)
    await until_modal_says(harness, ORLA, "Two texts for one field")
    await harness.click(ZOFIA, "case_studies.conflict.mine")
    await until_modal_says(harness, ZOFIA, "Your choice is kept")
    await close_modal(harness, ZOFIA)
    await close_modal(harness, ORLA)
    await finish_asked(harness, ZOFIA, contested, ORLA)
    return study


async def start(harness: Harness, plan: Plan) -> str:
    if not plan.from_message:
        return await begin(harness, ORLA, CHANNEL, plan.template)
    await harness.acts.say(DEV, CHANNEL, SAID)
    message = harness.visible_messages(ORLA, CHANNEL)[-1]
    return await begin_from_message(harness, ORLA, message, plan.template, SAID)


def text_of(part: Part) -> str:
    return str(next(iter(part.answers.values())))


async def second_day(harness: Harness, days: Days, plan: Plan, study: str) -> None:
    """One is reminded and finishes; the check points out what they left, the reviewer sends it back."""
    days.pass_by(A_DAY)
    await days.reach_bot()
    section = f"{study}|{plan.colleague.section}"
    before = len(harness.direct_messages(MAEVE))
    await go_on(harness, ORLA, CHANNEL, study)
    await harness.click(ORLA, "Ask a colleague", value=section)
    await harness.click(ORLA, "Remind")
    await until_modal_says(harness, ORLA, "They are reminded.")
    await close_modal(harness, ORLA)
    await harness.until(lambda: len(harness.direct_messages(MAEVE)) > before, "the reminder")
    await open_asked(harness, MAEVE, section)
    await fill_in(harness, MAEVE, plan.colleague.answers)
    assert await harness.submit(MAEVE) == {}
    await finish_asked(harness, MAEVE, section, ORLA)

    await open_check(harness, study, PLANTED)
    await harness.fill(ORLA, "checks", ["nobody", "agreed", "costs"])
    for author in (ORLA, MAEVE, ZOFIA):
        await harness.fill(ORLA, "reviewer", author)
        await until_refused(harness, ORLA, "reviewer", "cannot approve it")
    await ask_approval(harness, ORLA, RUTH)
    await refuse(harness, RUTH, ORLA, NOTE)
    await open_check(harness, study, PLANTED)
    await harness.click(ORLA, "Change it", value=section)
    text = str(plan.colleague.answers[plan.planted]).replace(PLANTED, "the school")
    await harness.fill(ORLA, plan.planted, text)
    assert await harness.submit(ORLA) == {}
    await close_modal(harness, ORLA)
    await open_check(harness, study, "Nothing in it looks like a phone number")
    await ask_approval(harness, ORLA, RUTH)
    await harness.click(RUTH, "Read")
    await until_modal_says(harness, RUTH, text_of(plan.partner))
    await close_modal(harness, RUTH)
    await approve(harness, RUTH, ORLA)


async def open_check(harness: Harness, study: str, words: str) -> None:
    """The owner opens the check, which says this."""
    await go_on(harness, ORLA, CHANNEL, study)
    await harness.click(ORLA, "Ask for approval")
    await until_modal_says(harness, ORLA, words)


async def publish_and_share(harness: Harness, plan: Plan) -> None:
    """Published by its owner, and read in the channel by the partner who wrote some of it."""
    await publish(harness, ORLA)
    await until_told(harness, ORLA, "It has been published")
    await share(harness, ORLA, CHANNEL)
    await harness.click(ZOFIA, "Read it all", CHANNEL)
    await until_modal_says(harness, ZOFIA, text_of(plan.partner))


async def find_and_export(harness: Harness, plan: Plan, sections: Sequence[str]) -> None:
    """Somebody else finds it in both ways and has it as a Word file."""
    await search(harness, COLIN, CHANNEL, plan.word)
    await filter_by(harness, COLIN, *plan.filter_value, plan.title)
    await harness.click(COLIN, "Read")
    document = await word_file(harness, COLIN)
    (title,) = headings(document, "Title")
    assert title.startswith(plan.title)
    assert headings(document, "Heading 1") == [*sections, "Source of the template"]
    assert header_rows(document) == [["Question", "Answer"] for _ in sections]
    assert text_of(plan.partner) in cell_texts(document)
    assert PLANTED not in str(cell_texts(document))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "Written by Zofia Liski." in texts


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.template)
async def test_a_case_study_of_three_agencies_is_approved_published_and_found(
    tmp_path: Path, plan: Plan
) -> None:
    content = own_content(tmp_path)
    template = load_library(content).template(plan.template)
    assert template is not None
    settings = {"KNOWLEDGE_DIR": str(content)}
    async with running_days(tmp_path, THURSDAY, bot_settings=settings) as (harness, days):
        study = await first_day(harness, plan)
        await second_day(harness, days, plan, study)
        await publish_and_share(harness, plan)
        await find_and_export(harness, plan, [section.title for section in template.sections])
