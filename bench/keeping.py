"""Figures kept as JSON, with what they were measured on."""

import json
from collections.abc import Mapping
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


def keep(where: Mapping[str, str], figures: Mapping[str, object]) -> Path:
    """Write the figures to a file named by the time of `where`, the environment; where it is."""
    RESULTS.mkdir(exist_ok=True)
    target = RESULTS / f"{where['at'].replace(':', '')}.json"
    target.write_text(json.dumps({"environment": where, **figures}, indent=2) + "\n", encoding="utf-8")
    return target
