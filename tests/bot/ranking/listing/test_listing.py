"""Lists of rankings, and the set-up's views at their largest."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.caller import Caller
from bot.panels import panel_message, panel_modal
from bot.ranking.listing.listing import Listing, Page, Standing
from bot.ranking.listing.views import open_line, rankings_panel
from bot.ranking.setup.draft import Setup
from bot.ranking.setup.preview_views import preview_modal
from bot.ranking.setup.rules_views import rules_modal
from bot.ranking.setup.service import Plan
from bot.ranking.setup.topics import Topic
from bot.ranking.setup.views import SetupForm, resume_panel, setup_modal
from sandbox.limits import message_faults, view_faults
from storage.records.people import Person
from storage.records.rankings import Participant, Ranking, RankingStatus, Rules, Stage
from storage.store import Store
from tests.bot.ranking.examples import AT, make_items, make_snapshot
from tests.slack import ANNA, CHANNEL, TEAM, Bot, Slack, shown_message, words_of

ME = Person(TEAM, ANNA.id)
CALLER = Caller(TEAM, ME)
LONG = "A & B < C > " * 40
MANY = tuple(
    Participant(Person(TEAM, f"U{number:010}"), f"Agency & Co number {number}".ljust(75, "x"))
    for number in range(100)
)


async def add(
    store: Store,
    number: int,
    status: RankingStatus = "open",
    *,
    kind: str = "discard",
    deadline: datetime | None = None,
) -> None:
    """Ranking `r<number>` in the channel, Anna taking part."""
    items = make_items(3)
    ranking = Ranking(
        workspace_id=TEAM,
        id=f"r{number}",
        task_id="own",
        title=f"Ranking <{number}>",
        source="us",
        items=items,
        channel_id=CHANNEL,
        facilitator=Person(TEAM, "U0BEN"),
        participants=(Participant(ME),),
        status="open",
        created_at=AT + timedelta(hours=number),
    )
    stage = Stage(ranking.id, 1, kind, tuple(item.id for item in items), AT, deadline=deadline)  # type: ignore[arg-type]  # a StageKind
    await store.rankings.create_ranking(ranking, stage, [])
    if status != "open":
        ended = AT + timedelta(days=number)
        await store.rankings.end_ranking(TEAM, ranking.id, 1, status, ("s-1",), ended, [])


async def test_what_waits_comes_first_the_nearest_deadline_before_then_what_has_ended(store: Store) -> None:
    soon = datetime.now(UTC) + timedelta(days=1)
    await add(store, 1, "decided", kind="choose_consent")
    await add(store, 2, "cancelled")
    await add(store, 3, deadline=soon + timedelta(days=2))
    await add(store, 4, deadline=soon)
    await add(store, 5, kind="read")
    for channel_id in (CHANNEL, ""):
        page = await Listing(store.rankings).page(CALLER, channel_id, 0)
        assert [one.ranking.id for one in page.standings] == ["r4", "r3", "r5", "r2", "r1"]
        assert [one.waits for one in page.standings] == [True, True, False, False, False]
        said = words_of(panel_message(rankings_panel(page, channel_id))["blocks"])
        assert f"Waits for your answer until <!date^{int(soon.timestamp())}^" in said
        assert "1.  Statement 1" in said


async def test_a_long_list_is_turned_page_by_page(bot: Bot, slack: Slack, store: Store) -> None:
    for number in range(18):
        await add(store, number, "undecided")
    answer = await bot.command("/rank", "list")
    assert "Page 1 of 3" in words_of(answer["blocks"])
    await bot.press(shown_message(answer, private=True), "Older")
    second = slack.last("response_url")
    assert "Page 2 of 3" in words_of(second["blocks"])
    await bot.press(shown_message(second, private=True), "Older")
    last = slack.last("response_url")
    assert "Ranking &lt;0&gt;" in words_of(last["blocks"])
    await bot.press(shown_message(last, private=True), "Newer")
    assert "Page 2 of 3" in words_of(slack.last("response_url")["blocks"])


async def test_a_page_that_is_no_longer_there_is_the_last_one(store: Store) -> None:
    await add(store, 1)
    page = await Listing(store.rankings).page(CALLER, CHANNEL, 7)
    assert (page.number, page.count, len(page.standings)) == (0, 1, 1)


@pytest.mark.parametrize(("channel_id", "words"), [(CHANNEL, "Type /rank"), ("", "not taken part")])
async def test_an_empty_list_says_so(store: Store, channel_id: str, words: str) -> None:
    page = await Listing(store.rankings).page(CALLER, channel_id, 0)
    assert words in rankings_panel(page, channel_id).text


def test_lists_keep_slacks_limits_at_their_largest() -> None:
    snapshot = make_snapshot("choose", items=make_items(25, LONG, LONG))
    ranking = replace(snapshot.ranking, title=LONG, participants=MANY)
    standings = tuple(
        Standing(replace(ranking, id=f"r{at}"), replace(snapshot.stage, deadline=AT), at % 2 == 0)
        for at in range(8)
    )
    panel = rankings_panel(Page(standings, 1, 3), CHANNEL)
    assert message_faults(panel_message(panel)) == []
    assert view_faults(panel_modal(panel)) == []
    assert "and 5 more" in open_line(standings)
    assert len(open_line(standings)) < 2000


@pytest.mark.parametrize("source", ["own", "task:outcomes"])
@pytest.mark.parametrize("rules", [Rules(), Rules(True, "agency", "all", 3, (), 168, 24, pin=True)])
def test_the_set_up_keeps_slacks_limits_empty_and_at_its_largest(source: str, rules: Rules) -> None:
    people = tuple(one.person for one in MANY)
    user_ids = tuple(person.user_id for person in people)
    full = Setup(source, LONG[:100], "x" * 3000, 5, CHANNEL, user_ids, rules, people)
    sources = [(source, LONG), *((f"theme:{at}", LONG) for at in range(120))]
    for setup, note in ((Setup(source), ""), (full, LONG * 4)):
        assert view_faults(setup_modal(SetupForm(setup, sources, LONG * 9, CHANNEL, note)).to_dict()) == []
    assert view_faults(rules_modal(rules, CHANNEL).to_dict()) == []
    assert view_faults(panel_modal(resume_panel(LONG[:100], LONG[:100], CHANNEL))) == []
    for items in (make_items(3, ""), make_items(25, LONG * 9, LONG)):
        topic = Topic("own", LONG[:100], LONG, "us", items)
        assert view_faults(preview_modal(Plan(full, topic, MANY), "r1").to_dict()) == []
