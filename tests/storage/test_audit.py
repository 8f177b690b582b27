"""The audit log: a line for each change that admins must be able to account for, and nobody's words."""

from dataclasses import replace

from storage.records.audit import COMMAND_LINE, AuditEntry
from storage.records.workspace_settings import WorkspaceSettings
from storage.store import Store
from tests.storage.examples import AMINA, BEN, WORKSPACE, a_study, minutes


async def lines(store: Store, workspace_id: str = WORKSPACE) -> list[AuditEntry]:
    return await store.audit.list_entries(workspace_id, limit=100)


async def test_each_setting_that_changes_has_a_line_and_no_other(store: Store) -> None:
    decided = WorkspaceSettings(approval_required=True, starters=(BEN,), retention={"misses": 90})
    await store.settings.change(WORKSPACE, lambda _: decided, by=AMINA, at=minutes(1))
    await store.settings.change(WORKSPACE, lambda now: replace(now, starters=None), by=AMINA, at=minutes(2))
    await store.settings.change(WORKSPACE, lambda now: now, by=AMINA, at=minutes(3))
    found = {(each.at, each.subject): each.detail for each in await lines(store)}
    pair = [BEN.team_id, BEN.user_id]
    assert found == {
        (minutes(1), "approval_required"): {"before": False, "after": True},
        (minutes(1), "starters"): {"before": None, "after": [pair]},
        (minutes(1), "retention"): {"before": {}, "after": {"misses": 90}},
        (minutes(2), "starters"): {"before": [pair], "after": None},
    }
    assert {each.actor for each in await lines(store)} == {AMINA}
    assert await store.settings.get(WORKSPACE) == replace(decided, starters=None)
    assert await store.settings.list_retention() == [(WORKSPACE, replace(decided, starters=None))]


async def test_the_newest_comes_first_and_a_workspace_sees_its_own(store: Store) -> None:
    for number in range(5):
        await store.audit.record(AuditEntry(WORKSPACE, minutes(number), "exported", BEN, f"R{number}"))
    await store.audit.record(AuditEntry("T0MOORSIDE", minutes(9), "exported", BEN, "R9"))
    page = await store.audit.list_entries(WORKSPACE, limit=2, offset=1)
    assert [each.subject for each in page] == ["R3", "R2"]
    assert [each.subject for each in await lines(store, "T0MOORSIDE")] == ["R9"]


async def test_handing_on_withdrawing_and_agencies_leave_lines_without_words(store: Store) -> None:
    await store.case_studies.import_case_study(a_study(published_at=minutes(0)))
    await store.case_studies.set_owner(WORKSPACE, "S1", AMINA, before=BEN, by=BEN, at=minutes(1))
    await store.case_studies.withdraw_case_study(
        WORKSPACE, "S1", reason="Someone asked", by=AMINA, at=minutes(2)
    )
    await store.people.set_agency(WORKSPACE, BEN, "Harbour Health")
    await store.people.set_agency(WORKSPACE, BEN, "Harbour Health")
    found = await lines(store)
    assert sorted(each.kind for each in found) == ["agency_set", "handed_on", "withdrawn"]
    assert "Harbour" not in str(found)
    assert "Someone" not in str(found)


async def test_an_order_has_one_line_until_it_is_done(store: Store) -> None:
    line = AuditEntry(WORKSPACE, minutes(1), "exported", BEN, "R1", {"what": "ranking"})
    for _ in range(2):
        await store.work.order("export:1", "ranking.export", "subject", line)
    assert await lines(store) == [line]
    (work,) = await store.work.claim(minutes(2), 60, 10)
    assert (work.id, work.kind, work.subject) == ("export:1", "ranking.export", "subject")
    assert work.due_at == minutes(1)
    await store.work.finish(work)
    await store.work.order("export:1", "ranking.export", "subject", line)
    assert len(await lines(store)) == 2


async def test_what_was_done_to_the_whole_database_stands_in_each_workspace(store: Store) -> None:
    await store.case_studies.import_case_study(a_study())
    await store.settings.change("T0MOORSIDE", lambda now: now, by=AMINA, at=minutes(0))
    await store.installations.join_organisation("T0JOINED", "E0COMPANY")
    await store.audit.record_everywhere("backed_up", COMMAND_LINE, minutes(1), {})
    for workspace_id in (WORKSPACE, "T0MOORSIDE", "T0JOINED"):
        assert [(line.kind, line.actor) for line in await lines(store, workspace_id)] == [
            ("backed_up", COMMAND_LINE)
        ]
    assert await lines(store, "E0COMPANY") == []


async def test_lines_of_one_kind_that_are_no_older(store: Store) -> None:
    for number, kind in enumerate(("retention", "exported", "retention", "retention")):
        await store.audit.record(AuditEntry(WORKSPACE, minutes(number), kind, BEN, str(number)))  # type: ignore[arg-type]  # two of the kinds
    found = await store.audit.list_of_kind(WORKSPACE, "retention", minutes(2), limit=5)
    assert [line.subject for line in found] == ["3", "2"]
    assert await store.audit.list_of_kind("T0MOORSIDE", "retention", minutes(0), limit=5) == []
