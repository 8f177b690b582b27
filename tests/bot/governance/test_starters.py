"""Who may start rankings: everybody, or admins and those who are named; others are told whom to ask."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.governance import ids
from bot.starting_rights import ADMINS_START
from storage.records.audit import NOBODY
from storage.records.people import Person
from storage.records.workspace_settings import WorkspaceSettings
from storage.store import Store
from tests.bot.governance.desk import Desk
from tests.slack import ANNA, BEN, TEAM, Bot, Slack, User, words_of

BENS = Person(TEAM, BEN.id)


async def let(store: Store, *starters: Person) -> None:
    await store.settings.change(
        TEAM, lambda before: replace(before, starters=starters), by=NOBODY, at=datetime.now(UTC)
    )


async def start(bot: Bot, slack: Slack, user: User) -> str:
    """Type /rank; the words of what opens, or of the refusal."""
    before = len(slack.called("views.open"))
    answer = await bot.command("/rank", user=user)
    opened = slack.called("views.open")[before:]
    return words_of(opened[-1]["view"]["blocks"]) if opened else words_of(answer["blocks"])


async def test_an_admin_names_who_may_and_opens_it_to_everybody_again(desk: Desk, store: Store) -> None:
    await desk.save({ids.WHO_FIELD: ids.NAMED, ids.STARTERS_FIELD: [BEN.id]})
    assert (await store.settings.get(TEAM)).starters == (BENS,)
    await desk.save({ids.WHO_FIELD: ids.EVERYBODY})
    assert await store.settings.get(TEAM) == WorkspaceSettings()
    log = await store.audit.list_entries(TEAM, limit=10)
    assert [(line.kind, line.subject) for line in log] == [("settings", "starters")] * 2


async def test_those_who_are_named_and_admins_start_rankings(desk: Desk, store: Store, slack: Slack) -> None:
    await let(store, BENS)
    for user in (BEN, ANNA):
        assert "Which agency" in await start(desk.bot, slack, user)


async def test_others_are_told_whom_to_ask(bot: Bot, store: Store, slack: Slack) -> None:
    await let(store, Person(TEAM, "U0CARA"))
    said = await start(bot, slack, BEN)
    assert "only some people start rankings" in said
    assert "U0CARA" in said
    await let(store)
    assert await start(bot, slack, BEN) == ADMINS_START


async def test_whoever_lost_the_right_while_filling_in_starts_nothing(
    bot: Bot, store: Store, slack: Slack
) -> None:
    await store.rankings.save_setup(TEAM, BENS, {})
    await let(store)
    view = {"id": "V1", "callback_id": "ranking.preview.start", "private_metadata": "r1|seen"}
    body = {"type": "view_submission", "user": {"id": BEN.id, "team_id": TEAM}, "team": {"id": TEAM}}
    answer = await bot.send(body | {"view": view | {"type": "modal", "blocks": []}, "trigger_id": "t"})
    assert ADMINS_START in answer.body
    assert await store.rankings.list_rankings(TEAM) == []


async def test_everybody_starts_them_unless_said_otherwise(bot: Bot, slack: Slack) -> None:
    assert "Which agency" in await start(bot, slack, BEN)
