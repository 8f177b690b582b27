"""Admins read the audit log a page at a time, and have it sent as CSV; the data sheet, too."""

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import get_args

from bot.governance import ids
from bot.governance.audit_log.views import A_PAGE, log_modal
from bot.governance.audit_log.wording import entry_text
from sandbox.limits import view_faults
from storage.data_sheet import data_sheet
from storage.records.audit import NOBODY, AuditEntry, AuditKind
from storage.records.people import Person
from storage.records.privacy import erased_person
from storage.records.workspace_settings import RETENTION_KINDS
from storage.store import Store
from tests.bot.clockwork import WholeClock
from tests.bot.governance.desk import Desk
from tests.slack import ANNA, BEN, TEAM, Slack, labels_of, words_of

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PAIR = [TEAM, BEN.id]


def entry(kind: AuditKind, number: int = 0, **detail: object) -> AuditEntry:
    return AuditEntry(
        TEAM, AT + timedelta(minutes=number), kind, Person(TEAM, BEN.id), f"case{number}", detail
    )


def every_kind() -> list[AuditEntry]:
    """A line of each kind, settings and retention in each of their forms."""
    special = {"settings", "exported", "retention"}
    return [
        *(
            entry(kind, before=PAIR, after=[TEAM, ANNA.id], people=2, rankings=1, count=2)
            for kind in get_args(AuditKind)
            if kind not in special
        ),
        AuditEntry(TEAM, AT, "settings", Person(TEAM, BEN.id), "starters", {"before": None, "after": [PAIR]}),
        AuditEntry(TEAM, AT, "settings", Person(TEAM, BEN.id), "starters", {"before": [PAIR], "after": []}),
        AuditEntry(TEAM, AT, "settings", NOBODY, "retention", {"before": {}, "after": {"misses": 9}}),
        AuditEntry(TEAM, AT, "settings", NOBODY, "approval_required", {"before": False, "after": True}),
        *(
            AuditEntry(TEAM, AT, "retention", NOBODY, kind, {"removed": 3, "days": 90})
            for kind in RETENTION_KINDS
        ),
        entry("exported", what="ranking"),
        entry("exported", what="library", count=12),
    ]


def test_every_kind_of_line_reads_as_a_sentence() -> None:
    said = [entry_text(line, lambda person: person.user_id, str) for line in every_kind()]
    assert all(sentence.endswith(".") and "None" not in sentence for sentence in said)
    assert "U0BEN changed who may start rankings: from everybody to U0BEN." in said
    assert "U0BEN changed who may start rankings: from U0BEN to admins only." in said
    assert "The app itself removed what was older than 90 days: 3 drafts of case studies." in said
    assert "U0BEN exported 12 case studies of the library." in said
    assert len(set(said)) == len(said)


def test_pages_stay_within_slacks_limits() -> None:
    lines = every_kind()
    assert view_faults(log_modal([])) == []
    for start in range(0, len(lines), A_PAGE):
        assert view_faults(log_modal(lines[start : start + A_PAGE + 1], start)) == []


async def test_an_admin_turns_the_pages(desk: Desk, store: Store) -> None:
    for number in range(A_PAGE + 3):
        await store.audit.record(entry("withdrawn", number))
    first = await desk.open("Audit log")
    assert f"case{A_PAGE + 2}" in words_of(first.blocks)
    assert "case2." not in words_of(first.blocks)
    second = await desk.press(first, "Older lines")
    assert "case2." in words_of(second.blocks)
    assert "Older lines" not in labels_of(second.blocks)
    assert "case17" in words_of((await desk.press(second, "Newer lines")).blocks)


async def test_all_of_it_comes_as_a_table_with_names_and_the_export_is_in_it(
    desk: Desk, store: Store, slack: Slack, clock: WholeClock
) -> None:
    slack.users[BEN.id] = {"profile": {"real_name": "=Ben Example"}}
    await store.audit.record(entry("withdrawn"))
    await store.audit.record(AuditEntry(TEAM, AT, "erased", erased_person("4711")))
    await store.audit.record(AuditEntry("T0OTHER", AT, "erased", erased_person("1")))
    await desk.press(await desk.open("Audit log"), "Send me all of it")
    await clock.look()
    rows = list(csv.reader(io.StringIO(slack.uploads["audit-log.csv"].decode("utf-8-sig"))))
    assert len(rows) == 4
    assert rows[1][2:5] == ["exported", TEAM, ANNA.id]
    said = [row[1] for row in rows]
    assert "'=Ben Example withdrew case study case0." in said
    assert "Somebody erased (no. 4711) was erased, as they had asked." in said
    shared = slack.last("files.completeUploadExternal")
    assert shared["channel_id"] == "D0ANNA"


async def test_the_data_sheet_comes_as_a_file(
    desk: Desk, store: Store, slack: Slack, clock: WholeClock
) -> None:
    await desk.save({"drafts": "90", ids.CURATORS_FIELD: [BEN.id]})
    await desk.open("Data sheet")
    await clock.look()
    sent = slack.uploads["data-sheet.md"].decode()
    assert sent == data_sheet(await store.settings.get(TEAM))
    assert "drafts that nobody has written on: after 90 days; withdrawn case studies: never." in sent
    assert "- Curators, beside the admins: 1." in sent
    assert BEN.id not in sent
    assert (await store.audit.list_entries(TEAM, limit=1))[0].detail == {"what": "data_sheet"}
