"""What reads bytes that anybody could have written, each with the refusals that it documents.

Anything else that comes out of one is a fault. A target takes any bytes and returns nothing.
"""

import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any, cast

from bot.blocks import state_values
from bot.case_studies import ids as studies
from bot.case_studies.exports.archive import ArchiveError, check_archive, read_archive
from bot.case_studies.exports.views import decode_wanted, encode_wanted
from bot.case_studies.fields.readings import read_field
from bot.case_studies.history.ids import Comparison
from bot.case_studies.library.wanted import decode_filters, encode_filters
from bot.incoming import decode_body
from bot.payloads import MalformedError, read_payload
from bot.privacy.ids import OfferRef
from bot.ranking.counting.file_faults import BallotFileError
from bot.ranking.counting.files import parse_ballots
from bot.ranking.ids import Ref
from bot.strategies import ids as strategies
from bot.values import OutdatedError, number, parsed
from knowledge.content_file import read_content_file
from knowledge.loader import load_library

FIELDS = [field for template in load_library().templates for field in template.fields]
LONGEST = 20_000
"""Bytes; what is longer is cut, as the parsers are the same for it and slower."""


@dataclass(frozen=True, slots=True)
class Target:
    """`read` raises one of `refusals`, or nothing; `seeds` are what it usually gets."""

    read: Callable[[bytes], object]
    refusals: tuple[type[Exception], ...]
    seeds: Sequence[bytes]

    def check(self, data: bytes) -> None:
        """:raises Exception: a fault of ours"""
        try:
            self.read(data[:LONGEST])
        except self.refusals:
            return


def read_body(data: bytes) -> None:
    """A request's body, up to a payload."""
    read_payload(decode_body(data))


def read_form(data: bytes) -> None:
    """A form's inputs, and each field of a case study in them."""
    view = {"id": "V1", "type": "modal", "callback_id": "c", "private_metadata": ""}
    values: Any = json.loads(data)
    values = {field.id: values for field in FIELDS} if not isinstance(values, dict) else values
    body = {"type": "view_submission", "user": {"id": "U1"}, "view": {**view, "state": {"values": values}}}
    sent = state_values(read_payload(body)["view"])
    for field in FIELDS:
        read_field(field, sent, ())


def read_archived(data: bytes) -> None:
    """An archive of case studies; what has passed the check is read without a fault."""
    text = data.decode()
    count = check_archive(io.StringIO(text))
    assert len(list(read_archive(io.StringIO(text)))) == count


class _InMemory:
    """A file of content that is on no disk."""

    name = "fuzzed.yml"

    def __init__(self, data: bytes) -> None:
        self._data = data

    def read_bytes(self) -> bytes:
        return self._data


def read_content(data: bytes) -> None:
    """A file of content of each kind; faults are named and not raised."""
    for schema in ("areas", "strategies", "tasks", "template", "glossary"):
        read_content_file(cast("Traversable", _InMemory(data)), schema, [])


def _same(decode: Callable[[str], Any], encode: Callable[[Any], str]) -> Callable[[bytes], None]:
    """Decoding; what we encode ourselves, which cuts what is too long, is decoded to the same again."""

    def read(data: bytes) -> None:
        found = decode(encode(decode(data.decode(errors="replace"))))
        assert decode(encode(found)) == found

    return read


_REFS: Sequence[Any] = (
    Ref,
    OfferRef,
    Comparison,
    studies.SectionRef,
    studies.HandOnRef,
    studies.RequestRef,
    studies.FormRef,
    studies.ConflictRef,
    studies.Turn,
)
_VALUES: Mapping[str, tuple[Callable[[str], Any], Callable[[Any], str]]] = {
    **{one.__name__: (one.decode, one.encode) for one in _REFS},
    "Place": (strategies.decode_place, strategies.encode_place),
    "CardRef": (strategies.decode_card, strategies.encode_card),
    "Thread": (strategies.decode_thread, strategies.encode_thread),
    "NoteForm": (strategies.decode_note, strategies.encode_note),
    "Wanted": (decode_wanted, encode_wanted),
    "Filters": (decode_filters, encode_filters),
    "number": (number, str),
    "parsed": (parsed, json.dumps),
}


def read_value(data: bytes) -> None:
    """A button's value or a form's metadata, as each that it could be."""
    for decode, encode in _VALUES.values():
        try:
            _same(decode, encode)(data)
        except OutdatedError:
            continue


TARGETS: Mapping[str, Target] = {
    "body": Target(
        read_body,
        (ValueError, RecursionError),
        (
            b"command=%2Frank&channel_id=C&trigger_id=t&user_id=U&text=list",
            b"payload=%7B%22type%22%3A%22shortcut%22%2C%22callback_id%22%3A%22c%22%7D",
            b'{"type":"event_callback","event_id":"E","event":{"type":"message","channel":"C","ts":"1"}}',
        ),
    ),
    "form": Target(
        read_form,
        (MalformedError, json.JSONDecodeError, UnicodeDecodeError, RecursionError),
        (
            b'{"who":{"who":{"type":"plain_text_input","value":"Us"}}}',
            b'{"":{"type":"checkboxes","selected_options":[{"value":"stay-safe"}]}}',
            b'{"cost":{"cost":{"type":"plain_text_input","value":"1,200.50"}}}',
            b'{"began":{"began":{"type":"datepicker","selected_date":"2026-03-07"}}}',
            b'{"files":{"files":{"type":"file_input","files":[{"id":"F1","name":"a.pdf","size":12}]}}}',
        ),
    ),
    "value": Target(
        read_value,
        (),
        (b"r1|2|s-1|1", b"s1|changes|1|2|0", b"theme:0:trust", b"trust-2 query:0:people leave", b"[]", b"7"),
    ),
    "ballots": Target(
        parse_ballots,
        (BallotFileError,),
        (
            b"voter,agency,count,A,B\nanna,School,2,1,2\nben,,,2,1\n",
            b'[{"voter":"anna","agency":"School","ranking":[["A"],["B","C"]]}]',
        ),
    ),
    "archive": Target(
        read_archived,
        (ArchiveError, UnicodeDecodeError),
        (
            b'{"format": "common-ground-case-studies", "version": 2, "case_studies": []}',
            b'{"format": "common-ground-case-studies", "version": 1, "case_studies": [{"id": "s1"}]}',
        ),
    ),
    "content": Target(
        read_content,
        (),
        (
            b"strategies:\n  - id: trust-1\n    title: A\n    asks: [a]\n",
            b"areas: &a\n  - id: x\nmore: *a\n",
            b"a: 2026-11-23\nb: !!binary aGVsbG8=\n? [1]\n: 2\n",
        ),
    ),
}
