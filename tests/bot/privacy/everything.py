"""Somebody who does everything there is, with words that nobody else uses, in front of others who do too."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from bot.admins import Admins
from bot.case_studies import ids as study_ids
from bot.case_studies import message_ids
from bot.case_studies.exports.ordering import Ordering
from bot.case_studies.exports.rights import ExportRights
from bot.case_studies.library.wanted import Wanted
from bot.case_studies.publishing.checks import CHECKS
from bot.case_studies.service import CaseStudyService
from bot.ranking.timing.notes import note_of
from knowledge.model import Library
from storage.records.case_studies import FieldValue
from storage.records.case_study_sections import SectionRequest
from storage.records.digests import Digest
from storage.records.messages import Message
from storage.records.people import Person
from storage.records.rankings import Answer, Participant, Rules, Stage
from storage.store import Store
from tests.bot.case_studies.examples import COMPLETE, WHAT, WHO, WHY, make_study, person
from tests.bot.case_studies.steps import begin, last_view, on_top, write
from tests.bot.case_studies.test_refusals import ROOT, press_of
from tests.bot.privacy.steps import my_data
from tests.bot.ranking.running import ITEMS, Run, caller
from tests.slack import ANNA, BEN, CHANNEL, PIA, TEAM, Bot, Slack, User, mention_event, message_event
from tests.storage.examples import a_ranking, an_installation

MARK = "quokka"
"""Stands in everything that Anna writes, in words that nobody else uses."""
BENS = "Bens own words"
"""What Ben wrote, and Anna chose in place of her own."""
AGENCY = "Harbour Health"
MISS = "wombat handover"
"""What she looks for in vain: kept, and without her."""
REAL_NAME = "Anna Wombatson"
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
RANKINGS = {
    # id: (anonymous, ended)
    "r10": (False, False),
    "r11": (True, False),
    "r12": (False, True),
    "r13": (True, True),
}


async def rank(
    store: Store, ranking_id: str, *, anonymous: bool, ended: bool, facilitator: User = BEN
) -> None:
    """Somebody runs a ranking, and Anna answers it with a reason."""
    people = tuple(Participant(person(user)) for user in (ANNA, BEN, PIA))
    items = tuple(item.id for item in ITEMS)
    ranking = a_ranking(
        workspace_id=TEAM,
        id=ranking_id,
        items=ITEMS,
        channel_id=CHANNEL,
        facilitator=person(facilitator),
        participants=people,
        created_at=NOW,
        rules=Rules(anonymous=anonymous),
    )
    await store.rankings.create_ranking(ranking, Stage(ranking_id, 1, "rank", items, NOW), [])
    for user in (ANNA, BEN):

        def answer(_stage: Stage, _before: Answer | None, who: str = user.id) -> Answer:
            reason = f"{MARK} reason" if who == ANNA.id and not (anonymous and ended) else "Other"
            return Answer(person(ANNA), items, True, NOW, reason)

        await store.rankings.edit_answer(TEAM, ranking_id, 1, person(user), answer)
    if ended:
        await store.rankings.end_ranking(TEAM, ranking_id, 1, "decided", items[:1], NOW, [])


async def look_up(bot: Bot, store: Store) -> None:
    """Saves, shares, asks in vain."""
    await bot.command("/strategies", "trust-2")
    await store.lookups.save_strategy(TEAM, person(ANNA), "trust-2", NOW)
    await bot.event(mention_event("saved"))
    await bot.event(message_event("my strategies"))
    await store.lookups.record_miss(TEAM, MISS, "nothing", NOW)


async def agree(bot: Bot, slack: Slack, store: Store, run: Run) -> None:
    """Sets up, runs, helps, answers, moves deadlines, adds people, ends without consensus, hands over."""
    for user, agency in ((ANNA, AGENCY), (BEN, AGENCY), (PIA, "Moorside Police")):
        await store.people.set_agency(TEAM, person(user), agency)
    for ranking_id, (anonymous, ended) in RANKINGS.items():
        await rank(store, ranking_id, anonymous=anonymous, ended=ended)
    await run.begin_discard()
    await store.people.set_agency(TEAM, person(ANNA), AGENCY)
    await run.answer(ANNA, BEN, item="s-2")
    annas, changes = person(ANNA), store.rankings
    note = note_of(await run.ranking())
    await changes.set_deputies(TEAM, "r1", [person(PIA)], actor=annas, at=NOW, note=note)
    later = datetime.now(UTC) + timedelta(days=2)
    await changes.set_deadline(TEAM, "r1", 2, later, actor=annas, at=NOW, note=note)
    await changes.mark_left(TEAM, "r1", person(PIA), actor=annas, at=NOW, note=note)
    await changes.add_participants(TEAM, "r1", [Participant(person(PIA))], actor=annas, at=NOW, note=note)
    await changes.record_event(
        TEAM, "r1", "closing", {"seq": 9, "words": f"{MARK} closing"}, actor=annas, at=NOW
    )
    await changes.set_facilitator(TEAM, "r1", person(BEN), actor=annas, at=NOW, note=note)
    await changes.set_deputies(TEAM, "r1", [annas], actor=person(BEN), at=NOW, note=note)
    reminder = f"r1:2:1:{TEAM}:{ANNA.id}"
    await store.work.plan(TEAM, f"remind:{reminder}", "ranking.remind_person", reminder, later)
    await bot.command("/rank")
    await store.rankings.save_setup(TEAM, annas, {"setup": {"title": f"{MARK} set-up"}})
    await store.rankings.save_setup(TEAM, person(BEN), {"setup": {"user_ids": [ANNA.id, PIA.id]}})


def marked(values: Mapping[str, FieldValue]) -> dict[str, FieldValue]:
    """The texts among these, each with the mark."""
    return {field: f"{MARK} {value}" if isinstance(value, str) else value for field, value in values.items()}


async def own(bot: Bot, slack: Slack, store: Store) -> str:
    """Writes and publishes a case study, shares it, hands it on; begins a draft; withdraws one."""
    overview = await begin(bot, slack)
    for nth, values in enumerate((WHO, WHY, WHAT)):
        await write(bot, slack, overview, nth, dict(marked(values)))
    await bot.press(overview, "Publish")
    await bot.submit(on_top(slack, overview), {study_ids.CHECKS_FIELD: list(CHECKS)})
    (mine,) = await store.case_studies.list_own(TEAM, person(ANNA), statuses=("published",))
    await bot.act(ROOT, press_of(study_ids.OPEN_SHARE, mine.id))
    await bot.submit(last_view(slack), {"channel": CHANNEL})
    await store.case_studies.set_owner(
        TEAM, mine.id, person(BEN), before=person(ANNA), by=person(ANNA), at=NOW
    )
    draft = await begin(bot, slack)
    await write(bot, slack, draft, 0, {**WHO, "activity": f"{MARK} draft"})
    old = replace(make_study(marked(COMPLETE), status="draft"), id="old", title=f"{MARK} old")
    await store.case_studies.import_case_study(old)
    await store.case_studies.publish_case_study(TEAM, "old", NOW)
    await store.case_studies.withdraw_case_study(
        TEAM, "old", reason=f"{MARK} withdrawn", by=person(ANNA), at=NOW
    )
    return mine.id


async def write_with_others(store: Store) -> None:
    """Writes in Ben's, is asked and asks, writes at the same time as Ben, and is chosen over him."""
    bens, annas, studies = person(BEN), person(ANNA), store.case_studies
    await studies.import_case_study(
        replace(make_study(COMPLETE, status="draft", owner=bens), id="bens", title="Bens")
    )
    for who, by, section in ((annas, bens, "why"), (person(PIA), annas, "what")):
        note = f"{MARK} wish" if by == annas else "Please"
        await store.sections.ask_section(
            SectionRequest(TEAM, "bens", section, who, by, NOW, note=note),
            [_asked(section, who)],
        )
    await studies.save_fields(TEAM, "bens", {"aims": f"{MARK} aims"}, author=annas, at=NOW)
    choices: tuple[tuple[str, Literal["mine", "theirs"]], ...] = (
        ("expected_outcomes", "mine"),
        ("actual_outcomes", "theirs"),
    )
    for field, keep in choices:
        before = await studies.get_case_study(TEAM, "bens")
        assert before is not None
        seen = {field: before.last_change}
        await studies.save_fields(TEAM, "bens", {field: f"{MARK} {field}"}, author=annas, at=NOW)
        saved = await studies.save_fields(
            TEAM, "bens", {field: f"Bens {field}"}, author=bens, seen=seen, at=NOW
        )
        (conflict,) = saved.conflicts
        await studies.resolve_conflict(
            TEAM, "bens", conflict.number, keep=keep, seen=conflict.theirs_number, by=bens, at=NOW
        )
    before = await studies.get_case_study(TEAM, "bens")
    assert before is not None
    await studies.save_fields(TEAM, "bens", {"organization": "Bens hall"}, author=bens, at=NOW)
    await studies.save_fields(
        TEAM,
        "bens",
        {"organization": f"{MARK} hall"},
        author=annas,
        seen={"organization": before.last_change},
        at=NOW,
    )
    before = await studies.get_case_study(TEAM, "bens")
    assert before is not None
    await studies.save_fields(TEAM, "bens", {"target_group": BENS}, author=bens, at=NOW)
    saved = await studies.save_fields(
        TEAM,
        "bens",
        {"target_group": f"{MARK} group"},
        author=annas,
        seen={"target_group": before.last_change},
        at=NOW,
    )
    (conflict,) = saved.conflicts
    await studies.resolve_conflict(
        TEAM, "bens", conflict.number, keep="theirs", seen=conflict.theirs_number, by=annas, at=NOW
    )
    ref = study_ids.RequestRef("bens", "why", annas)
    told = Message(
        TEAM,
        message_ids.request_message_id(study_ids.FINISHED_KIND, ref, NOW),
        study_ids.FINISHED_KIND,
        message_ids.subject("bens"),
        BEN.id,
    )
    await store.sections.finish_section(TEAM, "bens", "why", annas, messages=[told])
    await store.sections.ask_section(
        SectionRequest(TEAM, "bens", "what", annas, bens, NOW), [_asked("what", annas)]
    )


def _asked(section: str, who: Person) -> Message:
    ref = study_ids.RequestRef("bens", section, who)
    name = message_ids.request_message_id(study_ids.ASKED_KIND, ref, NOW)
    return Message(TEAM, name, study_ids.ASKED_KIND, message_ids.subject("bens"), who.user_id)


async def review(store: Store) -> None:
    """Sends one back with a note, and has another to review."""
    for study_id in ("pias", "waits"):
        study = make_study({"activity": "Pias"}, status="draft", owner=person(PIA))
        await store.case_studies.import_case_study(replace(study, id=study_id, title="Pias"))
        await store.case_studies.request_review(
            TEAM, study_id, reviewer=person(ANNA), by=person(PIA), at=NOW, messages=[]
        )
    decided = Message(
        TEAM, f"{study_ids.DECISION_KIND}:pias:1", study_ids.DECISION_KIND, "case_study:pias", PIA.id
    )
    await store.case_studies.decide_review(
        TEAM, "pias", "changes_wanted", by=person(ANNA), note=f"{MARK} note", at=NOW, messages=[decided]
    )


async def govern(bot: Bot, slack: Slack, store: Store, run: Run, library: Library) -> None:
    """Installs, sets, subscribes, orders files, and looks at Home and at their data, as an admin."""
    annas = person(ANNA)
    await store.installations.save(an_installation(TEAM, installed_by=ANNA.id))
    await bot.event({"type": "app_home_opened", "tab": "home", "user": ANNA.id, "channel": "D0ANNA"})
    await bot.event({"type": "app_home_opened", "tab": "home", "user": BEN.id, "channel": "D0BEN"})
    await store.settings.change(
        TEAM,
        lambda now: replace(now, starters=(annas, person(BEN)), curators=(annas,)),
        by=annas,
        at=NOW,
    )
    later = datetime.now(UTC) + timedelta(days=20)
    await store.digests.subscribe(Digest(TEAM, "C0DIGEST", annas, NOW, later))
    service = CaseStudyService(store, library)
    rights = ExportRights(service, store.sections, Admins(run.client_for))
    ordering = Ordering(service, store, rights)
    wanted = Wanted(MARK)
    await ordering.order_library(caller(ANNA), wanted, ("csv",), key="library", at=later)
    await bot.press(await my_data(bot, slack), "Send me a copy")


async def do_everything(bot: Bot, slack: Slack, store: Store, run: Run, library: Library) -> str:
    """Anna uses every part of the product; returns the id of the case study that she has handed on."""
    slack.users[ANNA.id] = {"is_admin": True, "profile": {"real_name": REAL_NAME}}
    slack.answers["conversations.info"] = {"channel": {"is_member": True}}
    await look_up(bot, store)
    await agree(bot, slack, store, run)
    handed_on = await own(bot, slack, store)
    await write_with_others(store)
    await review(store)
    await govern(bot, slack, store, run, library)
    return handed_on
