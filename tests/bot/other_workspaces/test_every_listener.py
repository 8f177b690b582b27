"""Whatever the app listens to has its line in one of the tables, and is tried from another workspace."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.home.views import home_message
from bot.strategies import ids
from storage.records.people import Person
from storage.records.workspace_settings import WorkspaceSettings
from storage.store import Store
from tests.bot.case_studies.examples import COMPLETE, make_study
from tests.bot.case_studies.permission_table import LINES
from tests.bot.other_workspaces.acts_table import BY_ID, BY_LISTENER, MISS, OWN_TITLE, Act
from tests.bot.other_workspaces.two_workspaces import FROM_AWAY, Wall, away_bot
from tests.bot.ranking.running import Run, caller
from tests.bot.ranking.test_refusals import FORMS, PRESSES
from tests.slack import ANNA, TEAM, Bot, Slack

OF_CASE_STUDIES = {line.id for line in LINES}
OF_RANKINGS = {press.action_id for press in PRESSES} | {form.callback_id for form in FORMS}
BY_FIELD = {"SectionListeners.save_choice", "LeftListeners.promise_list"}
"""Bolt finds these itself, and the table of case studies has them."""
WORDS = (MISS, OWN_TITLE, "Wombat Trust", "What matters here", "Statement 1", "Saturday club", "harbour-9")


def test_every_listener_has_its_line(bot: Bot) -> None:
    by_id = bot.app.by_id._listeners  # type: ignore[attr-defined]  # Bolt has no list of them, nor have we
    missing = {
        (key, listener.ack_function.__qualname__)
        for key, listener in by_id.items()
        if key[1] not in OF_CASE_STUDIES | OF_RANKINGS | set(BY_ID)
        and listener.ack_function.__qualname__ not in BY_LISTENER
    }
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


@pytest.mark.parametrize("act", [*BY_ID.values(), *BY_LISTENER.values()], ids=[*BY_ID, *BY_LISTENER])
@pytest.mark.usefixtures("lived_in")
async def test_nothing_is_changed_and_nothing_is_told(bot: Bot, wall: Callable[..., Wall], act: Act) -> None:
    whole = wall(*WORDS)
    for user in FROM_AWAY:
        await act(away_bot(bot), user)
    whole.assert_whole()


@pytest.mark.parametrize("act", [BY_LISTENER["LibraryListeners.run_command"], BY_ID[ids.MISS_FORGET]])
@pytest.mark.usefixtures("lived_in")
async def test_it_would_be_noticed(bot: Bot, slack: Slack, wall: Callable[..., Wall], act: Act) -> None:
    """Somebody who belongs there reads and changes it by the same act."""
    slack.users[ANNA.id] = {"is_admin": True}
    whole = wall(*WORDS)
    await act(bot, ANNA)
    with pytest.raises(AssertionError):
        whole.assert_whole()
