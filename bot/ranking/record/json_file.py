"""The whole record as JSON, with the last round's ballots where `python -m bot tally` looks for them."""

import json
from dataclasses import fields
from datetime import datetime
from typing import Any

from bot.ranking.counting.ballots import Ballot
from bot.ranking.counting.json_file import RECORD_FORMAT
from bot.ranking.counting.tally import Tally, tally_as_json
from bot.ranking.record.record import Record

VERSION = 1


def json_file(record: Record) -> str:
    """`items`, `ballots` and `weights` to count again, and all else under `record`; times in ISO 8601."""
    last = record.rounds[-1] if record.rounds else None
    whole = {
        "format": RECORD_FORMAT,
        "version": VERSION,
        "weights": record.rules.weights,
        "items": last.order.tally.items if last else (),
        "ballots": last.ballots if last else (),
        "record": record,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, default=_plain) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Tally):
        return tally_as_json(value)
    if isinstance(value, Ballot):
        return {"voter": value.voter, "agency": value.agency, "ranking": value.ranking}
    return {field.name: getattr(value, field.name) for field in fields(value)}
