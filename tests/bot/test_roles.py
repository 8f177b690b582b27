"""Who may do what by their role: a line for each act, tried by everybody.

What authors of a case study and people in a ranking may do has tables of its own, beside those features.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

import pytest

from bot.admins import Admins
from bot.app import create_client
from bot.blocks import as_dicts
from bot.case_studies import ids as studies
from bot.curators import Curators, refusal
from bot.governance import ids
from bot.governance.settings.answers import fingerprint
from bot.handover import ENDED_RANKINGS, LEFT_BEHIND, WITHDRAWN_STUDIES
from bot.home.roles_shelf import RolesShelf
from bot.installation import Installation
from bot.ranking import ids as rankings
from bot.ranking.stages import Move
from bot.sections import Shelf
from bot.settings import Settings
from bot.strategies import ids as strategies
from storage.records.audit import NOBODY
from storage.store import Store
from tests.bot.case_studies.examples import WHO, make_study
from tests.bot.governance.desk import PRESSES, Desk, entered
from tests.bot.ranking.running import RANKING, Run, caller, person
from tests.rows import all_rows
from tests.slack import ANNA, BEN, PIA, TEAM, Bot, Place, Slack, User, labels_of, shown_view

ADA, CORA, LEA, GUS = (User(f"U0{name}") for name in ("ADA", "CORA", "LEA", "GUS"))
"""An admin, a curator, somebody who has left, and a curator who has become a guest since."""
ZOE = User("U0ZOE", PIA.team_id)
"""An admin of the partner's workspace."""
ROLES: dict[str, User] = {
    "admin": ADA,
    "curator": CORA,
    "facilitator": ANNA,
    "member": BEN,
    "guest": GUS,
    "partner": PIA,
    "partner's admin": ZOE,
}
CURATE = {"admin", "curator"}
REFUSALS = ("Only ", "In this workspace only", "There is no such case study", "Guests of a workspace")
MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "A modal"}, "blocks": []}

Act: TypeAlias = Callable[[Bot, User], Awaitable[object]]


def press(action_id: str, value: str = "0") -> Act:
    action = {"type": "button", "block_id": "b", "action_id": action_id, "value": value}
    return lambda bot, user: bot.act(shown_view(MODAL), action, user)


async def hand_on(bot: Bot, user: User) -> object:
    chosen = {studies.OWNER_FIELD: {studies.OWNER_FIELD: {"type": "users_select", "selected_user": BEN.id}}}
    form = MODAL | {
        "callback_id": studies.SEND_OWNER,
        "private_metadata": studies.HandOnRef("left", False).encode(),
    }
    place = shown_view(form)
    return await bot.submit(place, {}, user, view={**(place.view or {}), "state": {"values": chosen}})


async def save_settings(bot: Bot, user: User) -> object:
    """The guest who was a curator is taken out, in the form as an admin sees it."""
    form = await Desk(bot, bot.slack).settings(ADA)
    return await bot.submit(form, entered(form) | {ids.CURATORS_FIELD: [CORA.id]}, user)


ACTS: dict[str, tuple[Act, set[str]]] = {
    **{action_id: (press(action_id), {"admin"}) for action_id in PRESSES},
    ENDED_RANKINGS: (press(ENDED_RANKINGS), {"admin"}),
    WITHDRAWN_STUDIES: (press(WITHDRAWN_STUDIES), {"admin"}),
    "save the settings": (save_settings, {"admin"}),
    "start a ranking": (lambda bot, user: bot.command("/rank", user=user), {"admin"}),
    "move a ranking on": (
        press(rankings.MOVE, rankings.Ref(RANKING, 1, Move.START_DISCARD.value).encode()),
        {"facilitator"},
    ),
    "deal with a miss": (press(strategies.MISS_FORGET, "bread"), CURATE),
    "list what was left": (press(LEFT_BEHIND, ""), CURATE),
    "open handing on": (press(studies.HAND_ON, "left"), CURATE),
    "hand on": (hand_on, CURATE),
}
CHANGES = {
    "save the settings",
    "start a ranking",
    "move a ranking on",
    "deal with a miss",
    "hand on",
    ids.EXPORT_LOG,
    ids.SEND_DATA_SHEET,
}
PAIRS = [
    (act, role) for act in ACTS for role in ROLES if not (act == "start a ranking" and "partner" in role)
]
"""A partner's workspace has no commands of ours."""


@pytest.fixture(autouse=True)
async def workspace(bot: Bot, slack: Slack, store: Store, settings: Settings) -> None:
    await Run(store, bot, slack, settings).begin()
    slack.users |= {
        ADA.id: {"is_admin": True},
        GUS.id: {"is_restricted": True},
        LEA.id: {"deleted": True},
        PIA.id: {"team_id": PIA.team_id},
        ZOE.id: {"team_id": ZOE.team_id, "is_admin": True},
    }
    now = datetime.now(UTC)
    await store.settings.change(
        TEAM,
        lambda before: replace(before, starters=(), curators=(person(CORA), person(GUS))),
        by=NOBODY,
        at=now,
    )
    left = make_study(WHO, study_id="left", owner=person(LEA), status="draft")
    await store.case_studies.create_case_study(left)
    await store.lookups.record_miss(TEAM, "bread", "nothing", now)
    await store.people.set_agency(TEAM, person(ADA), "0")
    await store.people.set_agency(TEAM, person(BEN), "Harbour Trust")


@pytest.mark.parametrize(("act", "role"), PAIRS)
async def test_each_act_is_for_its_roles_and_all_others_are_refused_in_words(
    bot: Bot, slack: Slack, act: str, role: str, tmp_path: Path
) -> None:
    does, may = ACTS[act]
    before = all_rows(tmp_path / "commonground.db")
    seen = len(slack.calls)
    answer = await does(bot, ROLES[role])
    said = json.dumps([answer, [call.arguments for call in slack.calls[seen:]]], default=str)
    changed = all_rows(tmp_path / "commonground.db") != before
    assert "this reference" not in said
    if role in may:
        assert not any(f'"{words}' in said for words in REFUSALS)
        assert changed == (act in CHANGES)
    else:
        assert any(f'"{words}' in said for words in REFUSALS)
        assert not changed


@pytest.mark.parametrize("role", ROLES)
async def test_app_home_offers_what_is_of_the_role(store: Store, settings: Settings, role: str) -> None:
    admins = Admins(Installation(create_client(settings)).client_for)
    shelf = RolesShelf(admins, Curators(store.settings, admins))
    found = await shelf.offer(caller(ROLES[role]))
    offered = {"admin": {Shelf.CURATING, Shelf.SETTINGS}, "curator": {Shelf.CURATING}}
    assert set(found) == offered.get(role, set())
    if found:
        assert "Look for them" in labels_of(as_dicts(found[Shelf.CURATING]))


async def test_the_help_offers_it_too(bot: Bot) -> None:
    offered = {
        role: set(labels_of((await bot.command("/commonground", user=user))["blocks"]))
        & {"Settings", "Case studies of people who have left"}
        for role, user in ROLES.items()
        if user.team_id == TEAM
    }
    assert offered.pop("admin") == {"Settings", "Case studies of people who have left"}
    assert offered.pop("curator") == {"Case studies of people who have left"}
    assert set(map(len, offered.values())) == {0}


async def test_who_is_not_a_curator_is_told_who_is(bot: Bot, slack: Slack, store: Store) -> None:
    place = Place([], channel="C0PARTNERS")
    action = {"type": "button", "block_id": "b", "action_id": strategies.MISS_FORGET, "value": "bread"}
    await bot.act(place, action, BEN)
    assert "Only the curators of this workspace (<@U0CORA>, <@U0GUS>) and its admins" in str(
        slack.last("response_url")
    )
    await store.settings.change(TEAM, lambda now: replace(now, curators=()), by=NOBODY, at=datetime.now(UTC))
    await bot.act(place, action, CORA)
    assert refusal(()) in str(slack.last("response_url"))
    assert "a curator whom an admin names" in refusal(())


async def test_a_curators_act_is_in_the_audit_log(bot: Bot, store: Store) -> None:
    await ACTS["deal with a miss"][0](bot, CORA)
    await ACTS["deal with a miss"][0](bot, CORA)
    await hand_on(bot, CORA)
    log = await store.audit.list_entries(TEAM, limit=10)
    assert sorted(line.kind for line in log if line.actor == person(CORA)) == ["handed_on", "miss_settled"]
    assert "bread" not in str(log)


async def test_roles_end_when_the_app_is_removed(bot: Bot, store: Store) -> None:
    event = {"type": "app_uninstalled"}
    await bot.event(event)
    kept = await store.settings.get(TEAM)
    assert (kept.curators, kept.starters) == ((), ())
    assert (await store.audit.list_entries(TEAM, limit=1))[0].actor == NOBODY
    assert fingerprint(kept) != fingerprint(replace(kept, curators=(person(CORA),)))
