"""Whatever changes something is sent twice, byte for byte: the second time changes nothing more."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import ONCE
from bot.home.views import home_message
from bot.listening import ListeningApp
from bot.strategies.ids import FOUND_UNHELPFUL
from storage.erasure.texts import OFFER_KIND, offer_id
from storage.records.people import Person
from storage.records.privacy import erased_person
from storage.store import Store
from tests.bot.case_studies.examples import COMPLETE, make_study
from tests.bot.case_studies.permission_acts import Acting as OnStudies
from tests.bot.case_studies.permission_table import LINES, MAY, Line
from tests.bot.other_workspaces.acts_table import AGENCY, CARD, MISS, OWN_TITLE
from tests.bot.other_workspaces.test_every_listener import BY_FIELD
from tests.bot.ranking.acting import MAY as MAY_RANK
from tests.bot.ranking.acting import Acting
from tests.bot.ranking.acts_table import EVERY, Form, Press, name_of, right_of
from tests.bot.ranking.running import Run, caller
from tests.bot.replays.acts import ACTS, ERASED, READS
from tests.bot.replays.kept import kept_in, more_in
from tests.bot.replays.sending import Replaying
from tests.slack import ANNA, TEAM, Slack

OF_RANKINGS = [one for one in EVERY if isinstance(one, Form) or not one.reads]
OF_STUDIES = [line for line in LINES if not line.reads]


@pytest.mark.parametrize("one", OF_RANKINGS, ids=name_of)
async def test_a_ranking_takes_it_once(run: Run, bot: Replaying, one: Press | Form) -> None:
    acting = Acting(run)
    await acting.prepare(one)
    async with bot.armed():
        await acting.act(one, MAY_RANK[right_of(one)])
    assert bot.changes
    assert not bot.doubled, "\n".join(bot.doubled)


@pytest.mark.parametrize("line", OF_STUDIES, ids=lambda line: line.id)
async def test_a_case_study_takes_it_once(
    bot: Replaying, slack: Slack, store: Store, tmp_path: Path, line: Line
) -> None:
    acting = OnStudies(bot, slack, store, tmp_path / "commonground.db")
    await acting.prepare(line)
    async with bot.armed():
        await acting.act(line, MAY[line.right])
    assert bot.changes
    assert not bot.doubled, "\n".join(bot.doubled)


@pytest.fixture
async def lived_in(bot: Replaying, slack: Slack, store: Store, run: Run) -> None:
    """The workspace with something of everything; Anna is an admin."""
    at, anna = datetime.now(UTC), Person(TEAM, ANNA.id)
    slack.users[ANNA.id] = {"is_admin": True}
    slack.answers["conversations.info"] = {"channel": {"is_member": True}}
    await run.begin()
    await store.case_studies.import_case_study(make_study(COMPLETE, title="Saturday club"))
    left = make_study(COMPLETE, study_id="left", title="Left behind")
    await store.case_studies.import_case_study(replace(left, owner=erased_person(ERASED)))
    for strategy_id in ("trust-1", CARD):
        await store.lookups.save_strategy(TEAM, anna, strategy_id, at)
    await store.lookups.record_miss(TEAM, MISS, "nothing", at)
    await store.people.set_agency(TEAM, anna, AGENCY)
    await store.people.set_agency(TEAM, Person(TEAM, "U0BEN"), "Away Trust")
    await store.rankings.save_setup(
        TEAM, anna, {"setup": {"source": "own", "title": OWN_TITLE, "statements": "One\nTwo\nThree"}}
    )
    await store.messages.add_message(home_message(caller(ANNA)))
    offer = offer_id("s1", erased_person(ERASED))
    await store.work.plan(TEAM, offer, OFFER_KIND, f"s1:{erased_person(ERASED).user_id}", at)


@pytest.mark.parametrize("name", [name for name in ACTS if name not in READS])
@pytest.mark.usefixtures("lived_in")
async def test_everything_else_is_taken_once(bot: Replaying, name: str) -> None:
    async with bot.armed():
        await ACTS[name](bot, ANNA)
    assert bot.changes
    assert not bot.doubled, "\n".join(bot.doubled)


@pytest.mark.usefixtures("lived_in")
async def test_what_only_shows_something_changes_nothing(bot: Replaying, tmp_path: Path) -> None:
    for name in sorted(READS):
        before = kept_in(tmp_path / "commonground.db", timed=True)
        await ACTS[name](bot, ANNA)
        assert more_in(before, kept_in(tmp_path / "commonground.db", timed=True)) == [], name


def test_every_listener_is_tried(bot: Replaying) -> None:
    assert isinstance(bot.app, ListeningApp)
    by_id = {key[1]: function.__qualname__ for key, (function, _) in bot.app.by_id._listeners.items()}
    others = {one.ack_function.__qualname__ for one in bot.app._async_listeners} - BY_FIELD
    tried = {*ACTS, *(name_of(one).split()[0] for one in EVERY), *(line.id for line in LINES)}
    assert {name for name, function in by_id.items() if not {name, function} & tried} == set()
    assert others - tried == set()
    assert ACTS.keys() >= READS
    assert tried >= ONCE


@pytest.mark.usefixtures("lived_in")
async def test_it_would_be_noticed(bot: Replaying, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.app.ONCE", frozenset())
    async with bot.armed():
        await ACTS[FOUND_UNHELPFUL](bot, ANNA)
    assert "at once + misses" in "\n".join(bot.doubled)
