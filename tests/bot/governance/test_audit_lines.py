"""Whatever somebody changes, hands on or takes out has one line in the audit log, or does not happen."""

import re
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest

from bot.case_studies import ids as studies
from bot.case_studies.exports.views import encode_wanted
from bot.case_studies.library.wanted import Wanted
from bot.governance import ids
from bot.governance.settings.answers import fingerprint
from bot.privacy import ids as privacy
from bot.ranking import ids as rankings
from bot.settings import Settings
from bot.strategies import ids as strategies
from storage.records.audit import AuditKind
from storage.records.digests import Digest
from storage.records.workspace_settings import RETENTION_KINDS, WorkspaceSettings
from storage.store import Store
from tests.bot.case_studies.examples import COMPLETE, make_study
from tests.bot.other_workspaces.acts_table import ERASING_FORM, Act, press, send, state
from tests.bot.ranking.running import RANKING, Run, person
from tests.rows import all_rows
from tests.slack import ANNA, BEN, CHANNEL, TEAM, Bot, Json, Slack, User

STORAGE = Path(__file__).parents[3] / "storage"
REF = rankings.Ref(RANKING).encode()


def ticked(*values: str) -> Json:
    return {"type": "checkboxes", "selected_options": [{"value": value} for value in values]}


def chosen(value: str) -> Json:
    return {"type": "static_select", "selected_option": {"value": value}}


def typed(value: str) -> Json:
    return {"type": "plain_text_input", "value": value}


def user(user_id: str) -> Json:
    return {"type": "users_select", "selected_user": user_id}


def conversation(channel_id: str) -> Json:
    return {"type": "conversations_select", "selected_conversation": channel_id}


SETTINGS: Json = {
    ids.WHO_FIELD: chosen(ids.EVERYBODY),
    ids.STARTERS_FIELD: {"type": "multi_users_select", "selected_users": []},
    ids.CURATORS_FIELD: {"type": "multi_users_select", "selected_users": [BEN.id]},
    ids.APPROVAL_FIELD: ticked(),
    ids.DAYS_FIELD: typed("30"),
    **{kind: typed("") for kind in RETENTION_KINDS},
}
RANKING_EXPORT: Json = {rankings.TARGET_FIELD: chosen("me"), rankings.CANVAS_FIELD: ticked()}
STUDY_EXPORT: Json = {studies.FORMS_FIELD: ticked(), studies.CANVAS_FIELD: ticked()}
ACTS: dict[str, tuple[AuditKind, Act]] = {
    "settings": (
        "settings",
        send(ids.SEND_SETTINGS, fingerprint(WorkspaceSettings()), form=state(**SETTINGS)),
    ),
    "agency renamed": (
        "agency_renamed",
        send(ids.SEND_RENAMING, "Harbour", form=state(name=typed("Harbour Trust"))),
    ),
    "agencies joined": (
        "agencies_joined",
        send(ids.SEND_JOINING, "Harbour", form=state(into=chosen("Hillside"))),
    ),
    "agency set": (
        "agency_set",
        send(rankings.SEND_AGENCY, "", form=state(other_agency=typed("Moor"), agency=chosen(""))),
    ),
    "audit log sent": ("exported", press(ids.EXPORT_LOG)),
    "data sheet sent": ("exported", press(ids.SEND_DATA_SHEET)),
    "own data sent": ("exported", press(privacy.SEND_COPY)),
    "erasure asked": ("erasure_asked", send(privacy.SEND_ERASING, form=ERASING_FORM)),
    "somebody erased": (
        "erasure_ordered",
        send(privacy.SEND_ERASING_THEM, f"{TEAM}|{BEN.id}", form=ERASING_FORM),
    ),
    "miss": ("miss_settled", press(strategies.MISS_FORGET, "bread")),
    "case study handed on": (
        "handed_on",
        send(
            studies.SEND_OWNER,
            studies.HandOnRef("s1", False).encode(),
            form=state(**{studies.OWNER_FIELD: user(BEN.id)}),
        ),
    ),
    "case study withdrawn": (
        "withdrawn",
        send(
            studies.SEND_WITHDRAWAL,
            "s1",
            form=state(**{studies.WITHDRAWAL_REASON: typed("Asked"), studies.SURE_FIELD: ticked("sure")}),
        ),
    ),
    "ranking handed over": (
        "handed_over",
        send(rankings.SEND_HANDOVER, REF, form=state(**{rankings.PERSON_FIELD: user(BEN.id)})),
    ),
    "ranking as files": (
        "exported",
        send(rankings.SEND_EXPORT, REF, form=state(**RANKING_EXPORT | {rankings.FORMS_FIELD: ticked("csv")})),
    ),
    "ranking as a canvas": (
        "exported",
        send(
            rankings.SEND_EXPORT,
            REF,
            form=state(
                **RANKING_EXPORT | {rankings.FORMS_FIELD: ticked(), rankings.CANVAS_FIELD: ticked("canvas")}
            ),
        ),
    ),
    "case study as files": (
        "exported",
        send(
            studies.SEND_EXPORT,
            "s1",
            form=state(**STUDY_EXPORT | {studies.FORMS_FIELD: ticked("json")}),
        ),
    ),
    "case study as a canvas": (
        "exported",
        send(
            studies.SEND_EXPORT,
            "s1",
            form=state(
                **STUDY_EXPORT
                | {
                    studies.CANVAS_FIELD: ticked("canvas"),
                    studies.CANVAS_CHANNEL_FIELD: conversation(CHANNEL),
                }
            ),
        ),
    ),
    "library": (
        "exported",
        send(
            studies.SEND_LIBRARY_EXPORT,
            encode_wanted(Wanted()),
            form=state(**{studies.FORMS_FIELD: ticked("csv")}),
        ),
    ),
    "monthly message": (
        "digest_started",
        send(studies.SET_DIGEST, form=state(**{studies.CHANNEL_FIELD: conversation(CHANNEL)})),
    ),
    "monthly message stopped": ("digest_stopped", press(studies.STOP_DIGEST, "C0TOLD")),
}
WITHOUT_A_PRESS: set[AuditKind] = {"erased", "draft_left", "retention", "texts_kept", "texts_removed"}
"""What the clock does, and what an owner decides about the texts of somebody erased."""
BY_COMMAND: set[AuditKind] = {"imported", "backed_up", "migrated", "tokens_resealed"}


@pytest.fixture(autouse=True)
async def workspace(bot: Bot, slack: Slack, store: Store, settings: Settings) -> None:
    """Anna is an admin and the facilitator, and owns a case study."""
    await Run(store, bot, slack, settings).begin()
    slack.users[ANNA.id] = {"is_admin": True}
    slack.answers["conversations.info"] = {"channel": {"id": CHANNEL, "is_member": True}}
    now = datetime.now(UTC)
    await store.case_studies.import_case_study(make_study(COMPLETE))
    await store.lookups.record_miss(TEAM, "bread", "nothing", now)
    for one, agency in ((ANNA, "Hillside"), (BEN, "Harbour")):
        await store.people.set_agency(TEAM, person(one), agency)
    await store.digests.subscribe(Digest(TEAM, "C0TOLD", person(ANNA), now, now))


def who(act: str) -> User:
    """Who runs or owns something has to hand it on before an erasure."""
    return BEN if act == "erasure asked" else ANNA


def test_every_kind_of_line_is_tried_here_or_named() -> None:
    tried = {kind for kind, _ in ACTS.values()}
    assert tried | WITHOUT_A_PRESS | BY_COMMAND == set(get_args(AuditKind))
    assert not tried & (WITHOUT_A_PRESS | BY_COMMAND)


@pytest.mark.parametrize("act", ACTS)
async def test_it_has_one_line_that_names_who_did_it(bot: Bot, store: Store, act: str) -> None:
    kind, does = ACTS[act]
    before = await store.audit.list_entries(TEAM, limit=100)
    await does(bot, who(act))
    log = await store.audit.list_entries(TEAM, limit=100)
    new = [line for line in log if line not in before]
    assert [(line.kind, line.actor) for line in new] == [(kind, person(who(act)))]


@pytest.mark.parametrize("act", ACTS)
async def test_what_cannot_have_its_line_does_not_happen(bot: Bot, act: str, tmp_path: Path) -> None:
    file = tmp_path / "commonground.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(
            "CREATE TRIGGER no_lines BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no lines'); END"
        )
    before = all_rows(file)
    with suppress(AssertionError):  # a fault of the server, as it should be
        await ACTS[act][1](bot, who(act))
    assert all_rows(file) == before


def test_nothing_but_retention_and_erasure_touches_a_line_that_is_there() -> None:
    found = {
        (file.relative_to(STORAGE).as_posix(), statement.split()[0].upper())
        for file in STORAGE.rglob("*.py")
        for statement in re.findall(
            r"\b(?:UPDATE|DELETE FROM|DROP TABLE|ALTER TABLE|REPLACE INTO)\s+audit\b", file.read_text(), re.I
        )
    }
    assert found == {("retention.py", "DELETE"), ("erasure/workspace.py", "UPDATE")}
