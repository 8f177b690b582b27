"""Sections asked of co-authors, and what each person may do, on both engines."""

import asyncio
from dataclasses import replace

import pytest

from storage.records.case_study_access import Access
from storage.records.case_study_history import Decision
from storage.records.case_study_sections import AskedSection, SectionRequest
from storage.records.people import Person
from storage.store import ConflictError, NotFoundError, Store
from tests.storage.examples import (
    AMINA,
    BEN,
    CHIOMA,
    DEV,
    STRANGER,
    WORKSPACE,
    a_home,
    a_message,
    a_study,
    minutes,
)

ASKED = SectionRequest(WORKSPACE, "S1", "in_practice", DEV, BEN, minutes(2))
NOTE = a_message(id="case_studies.asked:1", kind="case_studies.asked", subject="case_study:S1")


@pytest.fixture
async def draft(store: Store) -> Store:
    await store.case_studies.create_case_study(a_study())
    for person in (BEN, DEV):
        await store.messages.add_message(a_home(person, sent_version=1))
    return store


async def access(store: Store, person: Person) -> Access:
    found = await store.sections.get_access(WORKSPACE, "S1", person)
    assert found is not None
    return found


async def remind(store: Store, at: int, quiet_since: int) -> SectionRequest:
    return await store.sections.remind_section(
        WORKSPACE, "S1", "in_practice", DEV, at=minutes(at), quiet_since=minutes(quiet_since), messages=[NOTE]
    )


async def test_a_section_is_asked_of_somebody_with_its_message(draft: Store) -> None:
    await draft.sections.ask_section(ASKED, [NOTE])
    assert await draft.sections.list_sections(WORKSPACE, "S1") == [ASKED]
    (waiting,) = await draft.sections.list_asked_of(WORKSPACE, DEV)
    assert waiting == AskedSection(ASKED, waiting.study)
    assert (waiting.study.id, waiting.study.title, waiting.study.owner) == ("S1", "Breakfast together", BEN)
    assert await draft.sections.list_asked_of(WORKSPACE, AMINA) == []
    assert await draft.sections.list_asked_of("T0MOORSIDE", DEV) == []
    dirty = {message.id for message in await draft.messages.dirty_messages()}
    assert dirty == {NOTE.id, a_home(BEN).id, a_home(DEV).id}


async def test_what_is_wished_for_is_kept_with_what_is_asked(draft: Store) -> None:
    wish = replace(ASKED, note="Two sentences on the cost & the time: \u201cplainly\u201d")
    await draft.sections.ask_section(wish)
    assert await draft.sections.list_sections(WORKSPACE, "S1") == [wish]
    (waiting,) = await draft.sections.list_asked_of(WORKSPACE, DEV)
    assert waiting.request == wish
    found = await draft.case_studies.get_with_history(WORKSPACE, "S1")
    assert found is not None
    assert found[1].sections == (wish,)
    done = await draft.sections.finish_section(WORKSPACE, "S1", "in_practice", DEV)
    assert done.note == wish.note
    again = replace(ASKED, asked_at=minutes(9), note="Shorter")
    await draft.sections.ask_section(again)
    assert await draft.sections.list_sections(WORKSPACE, "S1") == [again]


async def test_asking_twice_at_once_asks_once(draft: Store) -> None:
    asked = await asyncio.gather(
        *(draft.sections.ask_section(ASKED, [NOTE]) for _ in range(3)), return_exceptions=True
    )
    assert sorted(isinstance(each, ConflictError) for each in asked) == [False, True, True]


async def test_several_can_be_asked_for_one_section(draft: Store) -> None:
    await draft.sections.ask_section(ASKED)
    await draft.sections.ask_section(replace(ASKED, person=CHIOMA, asked_at=minutes(3)))
    assert [each.person for each in await draft.sections.list_sections(WORKSPACE, "S1")] == [DEV, CHIOMA]


async def test_a_section_is_done_and_can_be_asked_again(draft: Store) -> None:
    await draft.sections.ask_section(ASKED)
    done = await draft.sections.finish_section(WORKSPACE, "S1", "in_practice", DEV, messages=[NOTE])
    assert done == replace(ASKED, state="done")
    assert await draft.sections.list_asked_of(WORKSPACE, DEV) == []
    assert await draft.messages.get_message(WORKSPACE, NOTE.id) is not None
    with pytest.raises(ConflictError):
        await draft.sections.finish_section(WORKSPACE, "S1", "in_practice", DEV)
    again = replace(ASKED, asked_at=minutes(9))
    await draft.sections.ask_section(again)
    assert await draft.sections.list_sections(WORKSPACE, "S1") == [again]


async def test_what_is_taken_back_is_asked_no_more(draft: Store) -> None:
    await draft.sections.ask_section(ASKED)
    taken = await draft.sections.take_back_section(WORKSPACE, "S1", "in_practice", DEV, messages=[NOTE])
    assert taken == replace(ASKED, state="withdrawn")
    assert await draft.sections.list_asked_of(WORKSPACE, DEV) == []
    assert not (await access(draft, DEV)).may_read
    for verb in (draft.sections.take_back_section, draft.sections.finish_section):
        with pytest.raises(NotFoundError):
            await verb(WORKSPACE, "S1", "in_practice", DEV)
    with pytest.raises(NotFoundError):
        await remind(draft, 9, 9)


async def test_a_reminder_leaves_people_their_peace(draft: Store) -> None:
    await draft.sections.ask_section(ASKED)
    with pytest.raises(ConflictError):
        await remind(draft, 3, 1)
    assert await draft.messages.get_message(WORKSPACE, NOTE.id) is None
    assert await remind(draft, 5, 2) == replace(ASKED, reminded_at=minutes(5))
    with pytest.raises(ConflictError):
        await remind(draft, 6, 4)
    assert (await remind(draft, 9, 5)).reminded_at == minutes(9)
    await draft.sections.finish_section(WORKSPACE, "S1", "in_practice", DEV)
    with pytest.raises(ConflictError):
        await remind(draft, 20, 19)


async def test_only_what_is_being_written_can_be_asked_for(draft: Store) -> None:
    with pytest.raises(NotFoundError):
        await draft.sections.ask_section(replace(ASKED, case_study_id="S2"))
    await draft.case_studies.publish_case_study(WORKSPACE, "S1", minutes(3))
    with pytest.raises(ConflictError):
        await draft.sections.ask_section(ASKED)


async def test_what_waits_ends_with_the_publication(draft: Store) -> None:
    await draft.sections.ask_section(ASKED)
    await draft.case_studies.publish_case_study(WORKSPACE, "S1", minutes(3))
    assert await draft.sections.list_asked_of(WORKSPACE, DEV) == []
    assert not (await access(draft, DEV)).may_write("in_practice")
    dirty = {message.id for message in await draft.messages.dirty_messages()}
    assert a_home(DEV).id in dirty


async def test_a_draft_is_read_by_its_authors_and_written_by_section(draft: Store) -> None:
    await draft.sections.ask_section(ASKED)
    owner, asked, stranger = [await access(draft, each) for each in (BEN, DEV, STRANGER)]
    assert (owner.is_owner, owner.may_read, owner.may_write("anything")) == (True, True, True)
    assert asked == Access(DEV, "draft", BEN, None, frozenset({"in_practice"}), has_text=False)
    assert (asked.may_read, asked.may_write("in_practice"), asked.may_write("approach")) == (
        True,
        True,
        False,
    )
    assert (stranger.may_read, stranger.may_write("in_practice"), stranger.is_author) == (False, False, False)
    await draft.sections.finish_section(WORKSPACE, "S1", "in_practice", DEV)
    assert (await access(draft, DEV)).may_write("in_practice")


async def test_whose_text_stands_may_read_it_after_it_was_taken_back(draft: Store) -> None:
    await draft.sections.ask_section(ASKED)
    await draft.case_studies.save_fields(WORKSPACE, "S1", {"why": "Lonely"}, author=DEV, at=minutes(4))
    await draft.sections.take_back_section(WORKSPACE, "S1", "in_practice", DEV)
    found = await access(draft, DEV)
    assert (found.is_author, found.may_read, found.may_write("in_practice")) == (True, True, False)


async def test_a_reviewer_reads_what_waits_for_them(draft: Store) -> None:
    await draft.case_studies.request_review(WORKSPACE, "S1", reviewer=CHIOMA, by=BEN, at=minutes(3))
    found = await access(draft, CHIOMA)
    assert (found.reviewer, found.may_read, found.may_write("in_practice")) == (CHIOMA, True, False)
    assert not (await access(draft, AMINA)).may_read


async def test_what_it_said_before_is_for_those_who_write_it(draft: Store) -> None:
    await draft.sections.ask_section(ASKED)
    await draft.sections.ask_section(replace(ASKED, person=CHIOMA))
    await draft.case_studies.save_fields(WORKSPACE, "S1", {"why": "Lonely"}, author=CHIOMA, at=minutes(3))
    people = (BEN, DEV, CHIOMA, AMINA)
    assert [(await access(draft, each)).may_see_changes for each in people] == [True, True, True, False]
    await draft.case_studies.publish_case_study(WORKSPACE, "S1", minutes(5))
    assert [(await access(draft, each)).may_see_changes for each in people] == [True, False, True, False]


@pytest.mark.parametrize("decision", ["approved", "changes_wanted"])
async def test_a_reviewer_reads_on_after_deciding_until_it_is_withdrawn(
    draft: Store, decision: Decision
) -> None:
    studies = draft.case_studies
    await studies.request_review(WORKSPACE, "S1", reviewer=CHIOMA, by=BEN, at=minutes(3))
    await studies.decide_review(WORKSPACE, "S1", decision, by=CHIOMA, at=minutes(4))
    found = await access(draft, CHIOMA)
    assert (found.has_decided, found.may_read, found.is_author) == (True, True, False)
    assert not found.may_write("in_practice")
    assert not found.may_see_changes
    for other in (AMINA, Person("T0MOORSIDE", CHIOMA.user_id)):
        assert not (await access(draft, other)).may_read
    await studies.publish_case_study(WORKSPACE, "S1", minutes(5))
    await studies.withdraw_case_study(WORKSPACE, "S1", reason="", by=BEN, at=minutes(6))
    assert not (await access(draft, CHIOMA)).may_read


async def test_a_reviewer_in_whose_place_another_was_asked_reads_no_more(draft: Store) -> None:
    for at, reviewer in ((3, CHIOMA), (4, AMINA)):
        await draft.case_studies.request_review(WORKSPACE, "S1", reviewer=reviewer, by=BEN, at=minutes(at))
    assert not (await access(draft, CHIOMA)).may_read


async def test_what_is_published_anybody_reads_and_what_is_withdrawn_its_authors(draft: Store) -> None:
    await draft.sections.ask_section(ASKED)
    await draft.case_studies.publish_case_study(WORKSPACE, "S1", minutes(5))
    assert (await access(draft, AMINA)).may_read
    await draft.case_studies.withdraw_case_study(WORKSPACE, "S1", reason="", by=BEN, at=minutes(6))
    owner, asked, other = [await access(draft, each) for each in (BEN, DEV, AMINA)]
    assert (owner.may_read, owner.may_write("in_practice")) == (True, False)
    assert (asked.may_read, other.may_read) == (False, False)


async def test_nobody_has_access_to_what_is_not_there(draft: Store) -> None:
    assert await draft.sections.get_access(WORKSPACE, "S2", BEN) is None
    assert await draft.sections.get_access("T0MOORSIDE", "S1", BEN) is None
