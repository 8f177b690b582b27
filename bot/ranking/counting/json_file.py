"""Ballots as JSON: `[{"voter": "Ann", "agency": "NHS", "count": 1, "ranking": [["A"], ["B", "C"]]}]`.

`agency` and `count` may be left out or null. Each voter may stand in one entry only, as in the CSV.
The record of a ranking holds such a list under `ballots`, and its items under `items`.
"""

import json
from typing import Any, NoReturn

from bot.ranking.counting.ballots import Ballot
from bot.ranking.counting.file_faults import MAX_COUNT, BallotFileError, check_items, clean_name, quoted

FIELDS = ("voter", "agency", "count", "ranking")
RECORD_FORMAT = "common-ground-ranking"
EXAMPLE = '[{"voter": "Ann", "ranking": [["A"], ["B", "C"]]}]'


def parse_json(text: str) -> tuple[list[str], list[Ballot]]:
    """The items, in the order of a record or of their first appearance, and the ballots.

    Raises BallotFileError.
    """
    entries = _load(text)
    items: list[str] = []
    if isinstance(entries, dict) and entries.get("format") == RECORD_FORMAT:
        items, entries = _record(entries)
    if not isinstance(entries, list):
        raise BallotFileError(f"The JSON must be a list of ballots, such as {EXAMPLE}")
    if not entries:
        raise BallotFileError(f"The JSON lists no ballots. Add at least one, such as {EXAMPLE}")
    ballots: list[Ballot] = []
    numbers: dict[str, int] = {}
    for number, entry in enumerate(entries, start=1):
        ballot = _ballot(entry, f"Entry {number}")
        if ballot.voter in numbers:
            raise BallotFileError(
                f"Entry {number}: voter {quoted(ballot.voter)} is already in entry {numbers[ballot.voter]}. "
                'Keep one entry a voter, or tell the two apart; "count" is for voters who agree.'
            )
        numbers[ballot.voter] = number
        ballots.append(ballot)
    named = (item for ballot in ballots for tier in ballot.ranking for item in tier)
    items = list(dict.fromkeys([*items, *named]))
    check_items(len(items))
    return items, ballots


def _record(record: dict[str, Any]) -> tuple[list[str], Any]:
    items, entries = record.get("items"), record.get("ballots")
    if entries == []:
        raise BallotFileError(
            "This record of a ranking holds no ballots, because nobody had put the statements in order."
        )
    if not isinstance(items, list) or not items:
        raise BallotFileError("This record of a ranking lists no items. Download it again.")
    return [_text(item, f"Item {number}") for number, item in enumerate(items, start=1)], entries


def _load(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_without_repeats, parse_constant=_refuse_constant)
    except json.JSONDecodeError as fault:
        raise BallotFileError(
            f"Line {fault.lineno}, column {fault.colno}: this is not valid JSON ({fault.msg}). "
            "Correct it there."
        ) from None
    except RecursionError:
        raise BallotFileError(
            f"The JSON is nested too deeply. It must be a list of ballots, such as {EXAMPLE}"
        ) from None
    except BallotFileError:
        raise
    except ValueError:  # Python refuses to convert numbers of thousands of digits
        raise BallotFileError(
            f"The JSON holds a number that is far too long. A count is at most {MAX_COUNT:,}."
        ) from None


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise BallotFileError(f"An entry of the JSON gives {quoted(twice)} twice. Remove one of them.")
    return values


def _refuse_constant(name: str) -> NoReturn:
    raise BallotFileError(f"The JSON holds {name}, which is not a number that can be counted. Remove it.")


def _ballot(entry: Any, where: str) -> Ballot:
    if not isinstance(entry, dict):
        raise BallotFileError(f"{where} is not a ballot. Write each ballot as in {EXAMPLE}")
    unknown = [field for field in entry if field not in FIELDS]
    if unknown:
        raise BallotFileError(
            f"{where} has a field {quoted(unknown[0])} that is not known. Use only {', '.join(FIELDS)}."
        )
    voter = _text(entry.get("voter"), f"{where}, voter")
    agency = entry.get("agency")
    return Ballot(
        voter=voter,
        ranking=_ranking(entry.get("ranking"), where),
        agency=None if agency is None or agency == "" else _text(agency, f"{where}, agency"),
        count=_count(entry.get("count"), where),
    )


def _text(value: Any, where: str) -> str:
    name = clean_name(value, where) if isinstance(value, str) else ""
    if not name:
        raise BallotFileError(f"{where}: a text is missing here. Write it in quotation marks.")
    return name


def _count(value: Any, where: str) -> int:
    if value is None:
        return 1
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MAX_COUNT:
        raise BallotFileError(
            f"{where}, count: {quoted(json.dumps(value))} is not a number of voters. "
            f"Write a whole number from 1 to {MAX_COUNT:,}, or leave it out for one voter."
        )
    return value


def _ranking(value: Any, where: str) -> tuple[tuple[str, ...], ...]:
    if not isinstance(value, list) or not all(isinstance(tier, list) for tier in value):
        raise BallotFileError(
            f'{where}, ranking: write a list with one list a place, such as [["A"], ["B", "C"]].'
        )
    if not value or not all(value):
        raise BallotFileError(
            f"{where}, ranking: a place without an item. Put an item in each place, or remove the place; "
            "a ballot without any place must be removed."
        )
    tiers = tuple(
        tuple(_text(item, f"{where}, ranking, place {place}") for item in tier)
        for place, tier in enumerate(value, start=1)
    )
    seen: set[str] = set()
    for item in (item for tier in tiers for item in tier):
        if item in seen:
            raise BallotFileError(
                f"{where}, ranking: {quoted(item)} appears twice. Keep it in one place only."
            )
        seen.add(item)
    return tiers
