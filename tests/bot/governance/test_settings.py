"""The settings: one form, filled with what applies, that tells what is wrong beside each field."""

import pytest

from bot.governance import ids
from bot.governance.settings.answers import DAYS_OR_NEVER, NOT_A_PERSON, WHOLE_DAYS
from bot.governance.settings.listeners import CHANGED_MEANWHILE
from bot.governance.settings.views import SAVED, settings_modal
from sandbox.limits import view_faults
from storage.records.people import Person
from storage.records.workspace_settings import RETENTION_KINDS, WorkspaceSettings
from storage.store import Store
from tests.bot.governance.desk import Desk, entered
from tests.slack import ANNA, BEN, PIA, TEAM, Slack, words_of

BENS, PIAS = Person(TEAM, BEN.id), Person(PIA.team_id, PIA.id)


@pytest.fixture(autouse=True)
def partner(slack: Slack) -> None:
    slack.users[PIA.id] = {"team_id": PIA.team_id, "profile": {"real_name": "Pia <@U1> Example"}}


async def test_an_admin_changes_everything_at_once_and_sees_it_again(desk: Desk, store: Store) -> None:
    changes = {
        ids.WHO_FIELD: ids.NAMED,
        ids.STARTERS_FIELD: [BEN.id, PIA.id],
        ids.CURATORS_FIELD: [BEN.id],
        ids.APPROVAL_FIELD: [ids.REQUIRED],
        ids.DAYS_FIELD: "45",
        "drafts": "365",
        "audit": "3650",
    }
    answer = await desk.save(changes)
    assert SAVED in words_of(answer["view"]["blocks"])
    kept = WorkspaceSettings(True, 45, (BENS, PIAS), (BENS,), {"drafts": 365, "audit": 3650})
    assert await store.settings.get(TEAM) == kept
    assert await store.settings.get("T0OTHER") == WorkspaceSettings()
    again = await desk.settings()
    assert {field: value for field, value in entered(again).items() if value} == changes
    log = await store.audit.list_entries(TEAM, limit=10)
    assert len(log) == 5
    assert {(line.kind, line.actor) for line in log} == {("settings", Person(TEAM, ANNA.id))}
    await desk.save({}, again)
    assert await store.audit.list_entries(TEAM, limit=10) == log, "nothing was changed, so there is no line"


async def test_everything_is_taken_back(desk: Desk, store: Store) -> None:
    await desk.save({ids.WHO_FIELD: ids.NAMED, ids.CURATORS_FIELD: [BEN.id], "audit": "9"})
    await desk.save({ids.WHO_FIELD: ids.EVERYBODY, ids.CURATORS_FIELD: [], "audit": None})
    assert await store.settings.get(TEAM) == WorkspaceSettings()


@pytest.mark.parametrize("days", ["", "0", "366", "2.5", "-3", "ten", "²", "0000000045999", "9" * 5_000])
async def test_days_until_a_draft_is_asked_about_are_a_whole_number(
    desk: Desk, store: Store, days: str
) -> None:
    assert (await desk.save({ids.DAYS_FIELD: days}))["errors"] == {ids.DAYS_FIELD: WHOLE_DAYS}
    assert await store.settings.get(TEAM) == WorkspaceSettings()


@pytest.mark.parametrize("days", ["0", "-1", "2.5", "ten", "36501", "9" * 5_000])
async def test_days_that_things_are_kept_are_a_whole_number_or_nothing(
    desk: Desk, store: Store, days: str
) -> None:
    answer = await desk.save({str(kind): days for kind in RETENTION_KINDS} | {"misses": "9"})
    assert answer["errors"] == dict.fromkeys(set(RETENTION_KINDS) - {"misses"}, DAYS_OR_NEVER)
    assert await store.settings.get(TEAM) == WorkspaceSettings()


async def test_an_app_and_a_closed_account_cannot_be_named(desk: Desk, slack: Slack, store: Store) -> None:
    slack.users |= {"U0APP": {"is_bot": True}, "U0GONE": {"deleted": True}}
    for user_id in ("U0APP", "U0GONE"):
        changes = {ids.WHO_FIELD: ids.NAMED, ids.STARTERS_FIELD: [user_id], ids.CURATORS_FIELD: [user_id]}
        answer = await desk.save(changes)
        assert answer["errors"] == dict.fromkeys((ids.STARTERS_FIELD, ids.CURATORS_FIELD), NOT_A_PERSON)
    assert await store.settings.get(TEAM) == WorkspaceSettings()


async def test_a_guest_is_refused_by_name_in_either_role(desk: Desk, slack: Slack, store: Store) -> None:
    slack.users["U0GUEST"] = {"is_restricted": True, "real_name": "Gus Example"}
    changes = {ids.WHO_FIELD: ids.NAMED, ids.STARTERS_FIELD: ["U0GUEST"], ids.CURATORS_FIELD: ["U0GUEST"]}
    errors = (await desk.save(changes))["errors"]
    assert errors[ids.STARTERS_FIELD].startswith("Gus Example is a guest here. Guests take part")
    assert errors[ids.CURATORS_FIELD].startswith("Gus Example is a guest here. Curators look after")
    assert await store.settings.get(TEAM) == WorkspaceSettings()


async def test_somebody_from_a_partner_cannot_be_a_curator_and_it_is_said_why(
    desk: Desk, store: Store
) -> None:
    errors = (await desk.save({ids.CURATORS_FIELD: [PIA.id, BEN.id]}))["errors"]
    assert errors[ids.CURATORS_FIELD].startswith("Pia <@U1> Example is from a partner's workspace.")
    assert await store.settings.get(TEAM) == WorkspaceSettings()


async def test_two_admins_do_not_undo_each_other_unseen(desk: Desk, store: Store) -> None:
    form = await desk.settings()
    await desk.save({"misses": "30"})
    answer = await desk.save({ids.APPROVAL_FIELD: [ids.REQUIRED]}, form)
    assert CHANGED_MEANWHILE in words_of(answer["view"]["blocks"])
    assert await store.settings.get(TEAM) == WorkspaceSettings(retention={"misses": 30})


async def test_home_of_who_becomes_a_curator_or_ends_being_one_is_shown_anew(
    desk: Desk, store: Store
) -> None:
    await desk.bot.event({"type": "app_home_opened", "user": BEN.id, "tab": "home", "channel": "D0BEN"})
    for curators in ([BEN.id], []):
        (home,) = await store.messages.dirty_messages()
        await store.messages.record_sent(TEAM, home.id, home.version, "home")
        await desk.save({ids.CURATORS_FIELD: curators})
        assert [message.id for message in await store.messages.dirty_messages()] == [home.id]


def test_the_form_keeps_the_limits_empty_and_at_its_largest() -> None:
    many = tuple(Person(TEAM, f"U{number:010}") for number in range(100))
    full = WorkspaceSettings(True, 365, many, many, dict.fromkeys(RETENTION_KINDS, 36_500))
    for settings in (WorkspaceSettings(), full):
        assert view_faults(settings_modal(settings)) == []
