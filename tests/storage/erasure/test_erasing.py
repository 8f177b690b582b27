"""A person in every table is erased, part by part, on both engines: nothing but the stated traces stays."""

from dataclasses import replace

import pytest

from storage.records.audit import NOBODY, AuditEntry
from storage.records.case_studies import FieldAnswer
from storage.records.case_study_sections import SectionRequest
from storage.records.digests import Digest
from storage.records.messages import Message
from storage.records.people import Person
from storage.records.privacy import ERASURE_KINDS, TextsChoice, erased_person
from storage.records.rankings import Rules
from storage.records.workspace_settings import WorkspaceSettings
from storage.store import ConflictError, Store
from tests.storage.examples import (
    AMINA,
    BEN,
    CHIOMA,
    WORKSPACE,
    a_home,
    a_message,
    a_ranking,
    a_stage,
    a_study,
    an_answer,
    answering,
    minutes,
    seats,
)
from tests.storage.traces import bytes_of, found_in

OTHER = erased_person("4711")
WORK = "erase:1"
SECRET = "quokkatext"
"""Stands in everything that Ben writes."""


async def fill(store: Store) -> None:
    """Have Ben in every table that can hold a person."""
    people = seats(BEN, CHIOMA, AMINA)
    for number, anonymous in ((1, False), (2, True), (3, False), (4, True)):
        ranking = a_ranking(
            id=f"R{number}",
            rules=Rules(anonymous=anonymous),
            participants=people,
            deputies=(BEN,),
            facilitator=BEN if number == 3 else AMINA,
        )
        stage = a_stage(ranking_id=ranking.id)
        await store.rankings.create_ranking(ranking, stage, [a_message(id=f"ranking.board:R{number}")])
        for person in (BEN, CHIOMA):
            answer = replace(an_answer(person, "two", "one", "three"), reason=f"{SECRET} of {person.user_id}")
            if person == CHIOMA:
                answer = replace(answer, reason="")
            elif number == 4:
                # Once its key is gone nobody can tell whose this is, so it stays, and people are told so.
                answer = replace(answer, reason="Nobody's any more")
            await store.rankings.edit_answer(WORKSPACE, ranking.id, 1, person, answering(answer))
        await store.rankings.record_event(
            WORKSPACE, ranking.id, "closing", {"seq": 1, "words": SECRET}, actor=BEN, at=minutes(3)
        )
    for ranking_id in ("R3", "R4"):
        await store.rankings.end_ranking(WORKSPACE, ranking_id, 1, "decided", ("two",), minutes(4), [])
    await store.people.set_agency(WORKSPACE, BEN, "Harbour Health")
    await store.rankings.save_setup(WORKSPACE, BEN, {"title": SECRET})
    await store.rankings.save_setup(WORKSPACE, AMINA, {"people": [BEN.user_id, CHIOMA.user_id]})
    await store.lookups.save_strategy(WORKSPACE, BEN, "trust-2", minutes(1))
    await store.case_studies.import_case_study(a_study("S1", {"who": SECRET}, title=SECRET))
    ours = FieldAnswer("why", "Ours", AMINA, minutes(0))
    await store.case_studies.import_case_study(
        replace(a_study("S2", owner=AMINA, title="Ours"), answers={"why": ours})
    )
    await store.sections.ask_section(
        SectionRequest(WORKSPACE, "S2", "start", CHIOMA, BEN, minutes(1), note=SECRET)
    )
    await store.sections.ask_section(SectionRequest(WORKSPACE, "S2", "end", BEN, AMINA, minutes(1)))
    await store.case_studies.save_fields(
        WORKSPACE, "S2", {"who": SECRET, "group": f"{SECRET} estate"}, author=BEN, at=minutes(2)
    )
    await store.case_studies.publish_case_study(
        WORKSPACE, "S2", minutes(3), facets={"target_group": [f"{SECRET} estate"], "agency": ["Ours"]}
    )
    await store.digests.subscribe(Digest(WORKSPACE, "C1", BEN, minutes(1), minutes(90)))
    await store.settings.change(
        WORKSPACE,
        lambda _: WorkspaceSettings(starters=(BEN, CHIOMA), curators=(CHIOMA, BEN)),
        by=BEN,
        at=minutes(1),
    )
    await store.messages.add_message(a_home(BEN))
    await store.messages.add_message(
        Message(WORKSPACE, f"note:{BEN.team_id}:{BEN.user_id}", "note", "case_study:S1", AMINA.user_id)
    )
    subject = f"R1:1:0:{BEN.team_id}:{BEN.user_id}"
    await store.work.plan(WORKSPACE, f"remind:{subject}", "ranking.remind_person", subject, minutes(60))
    await store.work.plan(WORKSPACE, WORK, "privacy.erase", BEN.user_id, minutes(0))


async def erase(store: Store, texts: TextsChoice) -> None:
    for kind in ERASURE_KINDS:
        # Twice, as when it is cut off and done again.
        for _ in range(2):
            await store.privacy.erase(WORKSPACE, BEN, OTHER, kind, texts=texts, kept_work=WORK, at=minutes(9))


async def test_nothing_is_found_of_somebody_who_had_it_all_removed(store: Store, url: str) -> None:
    await fill(store)
    assert found_in(url, BEN.user_id)
    assert found_in(url, SECRET)
    await erase(store, "remove")
    await store.work.cancel(WORKSPACE, WORK)
    await store.privacy.scrub()
    assert found_in(url, BEN.user_id, SECRET) == []
    content = bytes_of(url)
    for trace in (BEN.user_id, SECRET):
        assert trace.encode() not in content
        assert trace.upper().encode() not in content


async def test_what_others_did_stays_as_it_was(store: Store) -> None:
    await fill(store)
    await erase(store, "remove")
    open_one = await store.rankings.get_ranking(WORKSPACE, "R1")
    assert open_one is not None
    assert open_one.active == (CHIOMA, AMINA)
    assert open_one.people == (OTHER, CHIOMA, AMINA)
    for ranking_id in ("R1", "R2"):
        answers = await store.rankings.list_answers(WORKSPACE, ranking_id, 1)
        assert [answer.choice for answer in answers] == [("two", "one", "three")]
        assert (await store.rankings.list_stages(WORKSPACE, ranking_id))[0].answered == 1
    ended = await store.rankings.list_answers(WORKSPACE, "R3", 1)
    assert {answer.person for answer in ended} == {OTHER, CHIOMA}
    assert {answer.choice for answer in ended} == {("two", "one", "three")}
    assert len(await store.rankings.list_answers(WORKSPACE, "R4", 1)) == 2
    assert await store.case_studies.get_case_study(WORKSPACE, "S1") is None
    study = await store.case_studies.get_case_study(WORKSPACE, "S2")
    assert study is not None
    assert {field: answer.value for field, answer in study.answers.items()} == {"why": "Ours"}
    assert (await store.published.facet_values(WORKSPACE)).get("agency") == {"Ours": 1}
    assert "target_group" not in await store.published.facet_values(WORKSPACE)
    assert await store.digests.get_digest(WORKSPACE, "C1") is None
    settings = await store.settings.get(WORKSPACE)
    assert (settings.starters, settings.curators) == ((CHIOMA,), (CHIOMA,))
    assert await store.rankings.get_setup(WORKSPACE, AMINA) == {"people": [CHIOMA.user_id]}
    log = await store.audit.list_entries(WORKSPACE, limit=100)
    assert {entry.actor for entry in log} == {OTHER}


async def test_texts_without_a_name_wait_for_the_owners_decision(store: Store, url: str) -> None:
    await fill(store)
    await erase(store, "offer")
    study = await store.case_studies.get_case_study(WORKSPACE, "S2")
    assert study is not None
    assert study.answers["who"].author == OTHER
    assert found_in(url, BEN.user_id) == [("work", "subject", BEN.user_id)]
    assert await store.privacy.offer_state(WORKSPACE, "S2", OTHER) == "waiting"
    (offer,) = await store.privacy.list_waiting_offers(WORKSPACE, AMINA)
    assert (offer.kind, offer.study_id, offer.left_by) == ("texts", "S2", OTHER)
    assert await store.privacy.list_waiting_offers(WORKSPACE, CHIOMA) == []
    await store.privacy.settle_offer(WORKSPACE, "S2", OTHER, keep=False, by=AMINA, at=minutes(20))
    assert await store.privacy.offer_state(WORKSPACE, "S2", OTHER) == "removed"
    assert found_in(url, SECRET) == []
    assert await store.privacy.list_waiting_offers(WORKSPACE, AMINA) == []
    with pytest.raises(ConflictError):
        await store.privacy.settle_offer(WORKSPACE, "S2", OTHER, keep=True, by=AMINA, at=minutes(21))


async def test_what_an_owner_keeps_stays_without_a_name(store: Store) -> None:
    await fill(store)
    await erase(store, "offer")
    await store.privacy.settle_offer(WORKSPACE, "S2", OTHER, keep=True, by=AMINA, at=minutes(20))
    assert await store.privacy.offer_state(WORKSPACE, "S2", OTHER) == "kept"
    study = await store.case_studies.get_case_study(WORKSPACE, "S2")
    assert study is not None
    assert study.answers["who"].value == SECRET


async def test_holdings_are_counted_for_one_person_of_one_workspace(store: Store) -> None:
    await fill(store)
    held = await store.privacy.count_holdings(WORKSPACE, BEN)
    assert (held.saved_strategies, held.drafts, held.shared_drafts, held.texts_elsewhere) == (1, 1, 0, 2)
    assert (held.open_run, held.open_rankings, held.ended_rankings, held.digests) == (0, 2, 2, 1)
    nothing = await store.privacy.count_holdings("T0MOORSIDE", BEN)
    assert not any(getattr(nothing, name) for name in nothing.__slots__)


async def test_somebody_reads_all_that_is_kept_of_them_and_nothing_of_others(store: Store) -> None:
    await fill(store)
    found = await store.privacy.read_all(WORKSPACE, BEN)
    assert found["agency"] == "Harbour Health"
    assert [each["strategy_id"] for each in found["saved_strategies"]] == ["trust-2"]
    rankings = {each["id"]: each for each in found["rankings"]}
    assert set(rankings) == {"R1", "R2", "R3", "R4"}
    for ranking_id in ("R1", "R2", "R3"):
        (answer,) = rankings[ranking_id]["answers"]
        assert answer["choice"] == ["One plan", "Families are heard", "Quick help"]
        assert not rankings[ranking_id]["answers_note"]
    # The key of the anonymous one is gone.
    assert rankings["R4"]["answers"] == []
    assert "destroyed" in rankings["R4"]["answers_note"]
    studies = {each["id"]: each for each in found["case_studies"]}
    assert studies["S1"]["you_own_it"]
    assert {each["value"] for each in studies["S2"]["you_wrote"]} == {SECRET, f"{SECRET} estate"}
    assert "'Ours'" not in str(studies["S2"]["you_wrote"])
    assert found["digests"][0]["channel_id"] == "C1"
    assert found["named_as_starter_of_rankings"]
    await store.audit.record(AuditEntry(WORKSPACE, minutes(1), "exported", NOBODY))
    assert len((await store.privacy.read_all(WORKSPACE, Person("T0OTHER", "U9")))["audit_log"]) == 0
