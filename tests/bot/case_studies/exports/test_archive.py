"""The JSON archive: out and in again, and every way in which a file can be wrong."""

import io
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.case_studies.exports.archive import ArchiveError, archive_chunks, check_archive, read_archive
from knowledge.model import Library
from storage.case_study_history import first_history
from storage.records.case_studies import CaseStudy
from storage.records.case_study_history import CaseStudyHistory
from tests.bot.case_studies.examples import AT, largest_values, make_study, person
from tests.slack import PIA


async def archive_of(*studies: CaseStudy) -> str:
    async def each() -> AsyncIterator[tuple[CaseStudy, CaseStudyHistory]]:
        for study in studies:
            yield study, first_history(study)

    return "".join([chunk async for chunk in archive_chunks(each())])


async def test_what_is_read_back_is_what_was_written(library: Library) -> None:
    fine = datetime(2026, 3, 2, 9, 30, 1, 123_456, tzinfo=UTC)
    studies = [
        make_study(),
        make_study({}, study_id="s2", status="draft", title="", owner=person(PIA)),
        replace(make_study(study_id="s3"), updated_at=fine, published_at=AT + timedelta(days=1)),
        make_study(largest_values(library.templates[1]), study_id="s4", template_id="case-study-framework"),
        make_study({"a_field_of_old": ("one", "two")}, study_id="s5", template_id="a-template-of-old"),
    ]
    text = await archive_of(*studies)
    assert check_archive(io.StringIO(text)) == 5
    assert list(read_archive(io.StringIO(text))) == [(study, first_history(study)) for study in studies]
    assert check_archive(io.StringIO(await archive_of())) == 0


WITHOUT_TIME_ZONE = "2026-03-02T09:30:00"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"version": 3}, "version: 1 or 2 was expected, before case_studies, and this is 3. Should a newer"),
        ({"version": True}, "and this is True"),
        ({"version": [2]}, "and this is [2]"),
        ({"format": "other"}, "format: 'common-ground-case-studies' was expected"),
        ({"case_studies": {}}, "case_studies: {} is not of type 'array'"),
        ({"case_studies": [{}]}, "case_studies[0]: 'owner' is a required property"),
        ({"case_studies": [3]}, "case_studies[0]: 3 is not of type 'object'"),
    ],
)
async def test_a_fault_of_the_file_is_named(change: dict[str, Any], fault: str) -> None:
    assert fault in "\n".join(faults_of({**json.loads(await archive_of()), **change}))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"owner": {"user_id": "U1"}}, ".owner: 'team_id' is a required property"),
        ({"status": "gone"}, ".status: 'gone' is not one of"),
        ({"id": "a:b|c"}, ".id: 'a:b|c' does not match"),
        ({"colour": "red"}, "('colour' was unexpected)"),
        ({"created_at": "yesterday"}, ".created_at: 'yesterday' is not a date and time with a time zone"),
        ({"created_at": WITHOUT_TIME_ZONE}, "is not a date and time with a time zone"),
        ({"created_at": "0001-01-01T00:00:00+14:00"}, "is not a date and time with a time zone"),
        ({"published_at": None}, ".published_at: a published case study has it"),
        ({"published_at": "soon"}, ".published_at: 'soon' is not a date and time with a time zone"),
        ({"status": "draft"}, ".published_at: a published or withdrawn case study has it, and a draft"),
        ({"status": "withdrawn"}, ".withdrawn_at: a withdrawn case study has it, and all others have null"),
        ({"withdrawn_at": AT.isoformat()}, ".withdrawn_at: a withdrawn case study has it"),
        ({"withdrawn_reason": "Old"}, ".withdrawn_reason: only a withdrawn case study has one"),
        ({"reviewer": {"team_id": "T1", "user_id": "U1"}}, ".reviewer: only a case study in review"),
    ],
)
async def test_a_fault_of_a_case_study_is_named_with_its_place(change: dict[str, Any], fault: str) -> None:
    whole = json.loads(await archive_of(make_study()))
    whole["case_studies"][0].update(change)
    (said,) = faults_of(whole)
    assert said.startswith("case_studies[0]")
    assert fault in said


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"value": 3}, ".value: 3 is not valid"),
        ({"value": ["x", 4]}, ".value: ['x', 4] is not valid"),
        ({"value": "x" * 6_001}, ".value: "),
        ({"value": "\x00"}, ".value: "),
        ({"value": "\ud800"}, ".value: "),
        ({"author": "U1"}, ".author: 'U1' is not of type 'object'"),
        ({"updated_at": "no"}, ".updated_at: 'no' is not a date and time with a time zone"),
    ],
)
async def test_a_fault_of_an_answer_is_named_with_its_place(change: dict[str, Any], fault: str) -> None:
    whole = json.loads(await archive_of(make_study()))
    whole["case_studies"][0]["answers"]["aims"].update(change)
    (said,) = faults_of(whole)
    assert said.startswith(f"case_studies[0].answers.aims{fault}")


def faults_of(whole: dict[str, Any]) -> list[str]:
    with pytest.raises(ArchiveError) as caught:
        check_archive(io.StringIO(json.dumps(whole)))
    return caught.value.faults


HEAD = '{"format": "common-ground-case-studies", "version": 2, "case_studies": ['


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "line 1, column 1: not JSON ({ was expected)"),
        ("{", "line 1, column 2: not JSON"),
        ("[1,", "line 1, column 1: not JSON ({ was expected)"),
        ("\ufeff{}", "line 1, column 1: not JSON"),
        ("nonsense", "line 1, column 1: not JSON"),
        ('{"a": ' + "[" * 100_000, "line 1, column 7: not JSON (it is nested too deeply)"),
        ('{"a": ' + "1" * 5_000 + "}", "line 1, column 7: not JSON (a number is too long)"),
        ("{3: 4}", "not JSON (the name of a member was expected)"),
        ('{"a" 4}', "not JSON (: was expected)"),
        ("{}", "format: 'common-ground-case-studies' was expected"),
        (HEAD.replace("case_studies", "others") + "]}", "case_studies: this is missing"),
        (HEAD + "]} x", "not JSON (nothing was expected after the end)"),
        (HEAD + "\n{3},", "line 2, column 2: not JSON (Expecting property name enclosed in double quotes)"),
        (HEAD + "\n3,,", "line 2, column 3: not JSON (Expecting value)"),
        (HEAD + "\n3\n3", "line 3, column 1: not JSON (, or ] was expected)"),
        (HEAD + '\n{"title": "cut off', "line 2, column 11: not JSON (Unterminated string"),
        (HEAD, "not JSON (Expecting value)"),
        ('{"case_studies": [], "format": "common-ground-case-studies"}', "was expected, before case_studies"),
    ],
)
def test_what_is_not_an_archive_is_said_with_its_place(text: str, fault: str) -> None:
    with pytest.raises(ArchiveError) as caught:
        check_archive(io.StringIO(text))
    assert fault in "\n".join(caught.value.faults)


async def test_a_file_that_breaks_off_names_the_faults_before_too() -> None:
    whole = await archive_of(make_study(title="A" * 6_001), make_study(study_id="s2"))
    with pytest.raises(ArchiveError) as caught:
        check_archive(io.StringIO(whole[:-100]))
    assert caught.value.faults[0].startswith("case_studies[0].title: ")
    assert caught.value.faults[-1].startswith("line 3, column ")


async def test_an_id_that_comes_twice_is_a_fault() -> None:
    text = await archive_of(make_study(), make_study(study_id="s2"), make_study())
    with pytest.raises(ArchiveError) as caught:
        check_archive(io.StringIO(text))
    assert caught.value.faults == ["case_studies[2].id: the same as that of case_studies[0]"]


CHANGE = {
    "number": 1,
    "field_id": "aims",
    "value": "x",
    "author": {"team_id": "T1", "user_id": "U1"},
    "at": AT.isoformat(),
    "kind": "saved",
    "settles": None,
}
EVENT = {
    "number": 1,
    "kind": "published",
    "actor": {"team_id": "T1", "user_id": "U1"},
    "at": AT.isoformat(),
    "last_change": 1,
    "title": "Saturday breakfast club",
    "note": "",
    "person": None,
}
ASKED = {
    "section_id": "who",
    "person": {"team_id": "T1", "user_id": "U1"},
    "asked_by": {"team_id": "T1", "user_id": "U2"},
    "asked_at": AT.isoformat(),
    "state": "asked",
    "reminded_at": None,
    "note": "",
}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"changes": [CHANGE, CHANGE]}, "changes[1].number: each is larger than the one before, which is 1"),
        ({"changes": [{**CHANGE, "number": 2**31}]}, "changes[0].number: 2147483648 is greater than"),
        ({"changes": [{**CHANGE, "kind": "lost"}]}, "changes[0].kind: 'lost' is not one of"),
        ({"changes": [{**CHANGE, "settles": 1}]}, "changes[0].settles: no text of this field was set aside"),
        ({"changes": [{**CHANGE, "kind": "set_aside"}]}, "changes[0].kind: nothing was saved in this field"),
        ({"changes": [{**CHANGE, "at": "now"}]}, "changes[0].at: 'now' is not a date and time"),
        ({"events": [{**EVENT, "kind": "lost"}]}, "events[0].kind: 'lost' is not one of"),
        ({"events": [EVENT, {**EVENT, "at": None}]}, "events[1].at: None is not of type 'string'"),
        ({"sections": [ASKED, ASKED]}, "sections[1]: this section is asked of this person twice"),
        ({"facets": {"year": ["2026"]}}, "facets: 'year' is not one of"),
        ({"asked_at": "once"}, "asked_at: 'once' is not a date and time"),
    ],
)
async def test_a_fault_of_the_history_is_named_with_its_place(change: dict[str, Any], fault: str) -> None:
    whole = json.loads(await archive_of(make_study()))
    whole["case_studies"][0]["history"].update(change)
    (said,) = faults_of(whole)
    assert said.startswith(f"case_studies[0].history.{fault}")


async def test_what_another_program_has_laid_out_anew_is_read_the_same() -> None:
    study = make_study({"aims": "é" * 3_000 + '"\\\n{['})
    whole = json.loads(await archive_of(study, replace(study, id="s2")))
    whole["case_studies"][0]["history"]["changes"][0]["number"] = 1.0
    for laid_out in (json.dumps(whole, indent=4), json.dumps(whole, separators=(",", ":"))):
        assert check_archive(io.StringIO(laid_out)) == 2
        (first, history), _ = read_archive(io.StringIO(laid_out))
        assert first == study
        assert history is not None
        assert repr(history.changes[0].number) == "1"


def test_an_archive_of_the_first_version_is_read() -> None:
    person = {"team_id": "T0HOME", "user_id": "U0ANNA"}
    answer = {"value": ["be-healthy"], "author": person, "updated_at": AT.isoformat()}
    first: dict[str, object] = {
        "workspace_id": "T0HOME",
        "id": "s1",
        "template_id": "good-practice",
        "owner": person,
        "status": "published",
        "title": "Saturday breakfast club",
        "created_at": AT.isoformat(),
        "updated_at": AT.isoformat(),
        "published_at": AT.isoformat(),
        "answers": {"ecm_outcomes": answer},
    }
    whole = {"format": "common-ground-case-studies", "version": 1, "case_studies": [first]}
    assert check_archive(io.StringIO(json.dumps(whole))) == 1
    assert list(read_archive(io.StringIO(json.dumps(whole)))) == [
        (make_study({"ecm_outcomes": ("be-healthy",)}), None)
    ]
    first["reviewer"] = None
    assert "'reviewer' was unexpected" in faults_of(whole)[0]


async def test_many_faults_are_told_up_to_ten() -> None:
    whole = json.loads(await archive_of(*[make_study(study_id=f"s{number}") for number in range(30)]))
    for study in whole["case_studies"]:
        study["status"] = "gone"
    assert len(faults_of(whole)) == 10
