"""The JSON archive: out and in again, and every way in which a file can be wrong."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.case_studies.exports.archive import ArchiveError, archive_chunks, read_archive
from knowledge.model import Library
from storage.records.case_studies import CaseStudy
from tests.bot.case_studies.examples import AT, largest_values, make_study, person
from tests.slack import PIA


async def archive_of(*studies: CaseStudy) -> str:
    async def each() -> AsyncIterator[CaseStudy]:
        for study in studies:
            yield study

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
    assert read_archive(await archive_of(*studies)) == studies
    assert read_archive(await archive_of()) == []


WITHOUT_TIME_ZONE = "2026-03-02T09:30:00"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"version": 2}, "version: 1 was expected"),
        ({"format": "other"}, "format: 'common-ground-case-studies' was expected"),
        ({"case_studies": {}}, "case_studies: {} is not of type 'array'"),
        ({"case_studies": [{}]}, "case_studies[0]: 'owner' is a required property"),
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
        ({"published_at": None}, ".published_at: a published case study has it"),
        ({"status": "draft"}, ".published_at: a published case study has it, and a draft has null"),
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
        read_archive(json.dumps(whole))
    return caught.value.faults


@pytest.mark.parametrize("text", ["", "{", "[1,", "\ufeff{}", "nonsense", "[" * 100_000])
def test_what_is_not_json_is_said(text: str) -> None:
    with pytest.raises(ArchiveError) as caught:
        read_archive(text)
    assert "JSON" in caught.value.faults[0]


async def test_many_faults_are_told_up_to_ten() -> None:
    whole = json.loads(await archive_of(*[make_study(study_id=f"s{number}") for number in range(30)]))
    for study in whole["case_studies"]:
        study["status"] = "gone"
    assert len(faults_of(whole)) == 10
