"""Whatever the app listens to has its line in one of the tables, and is tried from another workspace."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.home.views import home_message
from bot.strategies import ids
from storage.records.people import Person
from storage.records.workspace_settings import WorkspaceSettings
from storage.store import Store
from tests.bot.case_studies.examples import COMPLETE, make_study
from tests.bot.case_studies.permission_table import LINES, Form, Press
from tests.bot.other_workspaces.acts_table import BY_ID, BY_LISTENER, MISS, OWN_TITLE, Act
from tests.bot.other_workspaces.aftermath import Aftermath
from tests.bot.other_workspaces.reached import Reached
from tests.bot.other_workspaces.two_workspaces import AMIR, ANNA_AWAY, FROM_AWAY, STRANGER, Wall, away_bot
from tests.bot.ranking.acts_table import FORMS, PRESSES
from tests.bot.ranking.running import Run, caller
from tests.slack import ANNA, TEAM, Bot, Slack

PRESSED, SENT, ASKED = "block_actions", "view_submission", "block_suggestion"
OF_CASE_STUDIES = {
    (PRESSED if isinstance(line, Press) else SENT if isinstance(line, Form) else ASKED, line.id)
    for line in LINES
}
OF_RANKINGS = {(PRESSED, press.action_id) for press in PRESSES} | {(SENT, form.callback_id) for form in FORMS}
BY_FIELD = {"SectionListeners.save_choice", "LeftListeners.promise_list"}
"""Bolt finds these itself, and the table of case studies has them."""
TOLD_BY_SLACK = {
    "ChannelListeners",
    "HomeListeners.open_home",
    "MovedChannels",
    "OrganisationAccess",
    "Removals",
}
"""Nobody presses these; Slack tells of a Home when somebody of the workspace opens theirs."""
ACTS = {**BY_ID, **BY_LISTENER}
WORDS = (MISS, OWN_TITLE, "Wombat Trust", "What matters here", "Statement 1", "Saturday club", "harbour-9")


def test_every_listener_has_its_line(bot: Bot) -> None:
    by_id = bot.app.by_id._listeners  # type: ignore[attr-defined]  # Bolt has no list of them, nor have we
    missing = {
        (key, listener.__qualname__)
        for key, (listener, _asked_for) in by_id.items()
        if key not in OF_CASE_STUDIES | OF_RANKINGS
        and key[1] not in BY_ID
        and listener.__qualname__ not in BY_LISTENER
    }
    by_name = Counter(key[1] for key in by_id)
    assert {name for name, number in by_name.items() if number > 1}.isdisjoint(BY_ID), "which is meant?"
    others = {listener.ack_function.__qualname__ for listener in bot.app._async_listeners}
    assert not missing
    assert not others - set(BY_LISTENER) - BY_FIELD
    assert not set(BY_ID) - {key[1] for key in by_id}, "a line for a listener that is gone"


@pytest.fixture
async def lived_in(bot: Bot, slack: Slack, store: Store, run: Run) -> None:
    """The home workspace with something of everything."""
    at, anna = datetime.now(UTC), Person(TEAM, ANNA.id)
    await run.begin()
    await store.case_studies.import_case_study(make_study(COMPLETE, title="Saturday club"))
    await store.lookups.save_strategy(TEAM, anna, "trust-1", at)
    await store.lookups.record_miss(TEAM, MISS, "nothing", at)
    await store.people.set_agency(TEAM, anna, "Wombat Trust")
    own = {"source": "own", "title": OWN_TITLE, "statements": "One\nTwo\nThree"}
    await bot.command("/rank")
    await store.rankings.save_setup(TEAM, anna, {"setup": own})
    await store.settings.change(TEAM, lambda _: WorkspaceSettings(approval_required=True), by=anna, at=at)
    await store.messages.add_message(home_message(caller(ANNA)))
    slack.refuse |= dict.fromkeys(("conversations.info", "conversations.members"), "channel_not_found")


def listener_of(bot: Bot, name: str) -> str:
    """The name of the listener that a line of either table is about."""
    by_id = bot.app.by_id._listeners  # type: ignore[attr-defined]  # as above
    found = [listener.__qualname__ for key, (listener, _asked_for) in by_id.items() if key[1] == name]
    return str(found[0]) if name in BY_ID else name


@pytest.mark.parametrize("name", [*BY_ID, *BY_LISTENER])
@pytest.mark.usefixtures("lived_in")
async def test_nothing_is_changed_and_nothing_is_told(
    bot: Bot, wall: Callable[..., Wall], reached: Reached, name: str
) -> None:
    whole = wall(*WORDS)
    for user in FROM_AWAY:
        reached.names.clear()
        await ACTS[name](away_bot(bot), user)
        assert set(reached.names) == {listener_of(bot, name)}
    await whole.assert_whole()


@pytest.mark.parametrize("act", [BY_LISTENER["LibraryListeners.run_command"], BY_ID[ids.MISS_FORGET]])
@pytest.mark.usefixtures("lived_in")
async def test_it_would_be_noticed(bot: Bot, slack: Slack, wall: Callable[..., Wall], act: Act) -> None:
    """Somebody who belongs there reads and changes it by the same act."""
    slack.users[ANNA.id] = {"is_admin": True}
    whole = wall(*WORDS)
    await act(bot, ANNA)
    with pytest.raises(AssertionError):
        await whole.assert_whole()


@pytest.mark.parametrize("name", [name for name in ACTS if not {name, name.split(".")[0]} & TOLD_BY_SLACK])
@pytest.mark.usefixtures("lived_in")
async def test_whoever_presses_at_home_from_outside_learns_and_changes_nothing_of_others(
    bot: Bot, wall: Callable[..., Wall], name: str
) -> None:
    whole = wall(MISS, OWN_TITLE, "What matters here", "Saturday club", "harbour-9")
    for user in (AMIR, ANNA_AWAY, STRANGER):
        await ACTS[name](bot, user)
    whole.assert_kept()


async def test_what_comes_later_is_looked_at(bot: Bot, aftermath: Aftermath) -> None:
    await ACTS["HomeListeners.open_home"](away_bot(bot), AMIR)
    assert "Nothing waits for you" in await aftermath.follow()
