"""What published case studies can be filtered by, with how many there are of each value.

The number of each value is kept with the rows that it counts, in the same transaction.
"""

from datetime import UTC
from typing import get_args

from storage.columns import clean
from storage.database import Engine, Script, in_list
from storage.records.case_studies import CaseStudySummary
from storage.records.published import Facet, Filters, GivenFacet, GivenFacets

_KEY = "workspace_id = :workspace_id AND case_study_id = :case_study_id"
_OF_STUDY = f"SELECT facet, value FROM case_study_facets WHERE {_KEY}"
_INSERT = """
INSERT INTO case_study_facets (workspace_id, case_study_id, facet, value, published_at)
VALUES (:workspace_id, :case_study_id, :facet, :value, :published_at)
"""
_DELETE = f"DELETE FROM case_study_facets WHERE {_KEY} AND facet = :facet AND value = :value"
_COUNT = """
INSERT INTO case_study_facet_counts (workspace_id, facet, value, number)
VALUES (:workspace_id, :facet, :value, :step)
ON CONFLICT (workspace_id, facet, value)
DO UPDATE SET number = case_study_facet_counts.number + excluded.number
"""
_VALUES = """
SELECT facet, value, number FROM case_study_facet_counts
WHERE workspace_id = :workspace_id AND number > 0
ORDER BY facet, number DESC, value
"""


def put_facets(study: CaseStudySummary, given: GivenFacets | None) -> Script[None]:
    """Keep what a published case study is filtered by; with None, what was given before stays."""
    if study.published_at is None:
        raise ValueError(f"case study {study.id} has not been published")
    key = {"workspace_id": study.workspace_id, "case_study_id": study.id}
    before = {(row["facet"], row["value"]) for row in (yield _OF_STUDY, key)}
    wanted: set[tuple[Facet, str]] = {
        ("template", study.template_id),
        ("year", f"{study.published_at.astimezone(UTC).year:04}"),
    }
    if given is None:
        wanted |= {pair for pair in before if pair[0] not in {"template", "year"}}
    else:
        wanted |= {
            (facet, value) for facet, values in given.items() for each in values if (value := _tidy(each))
        }
    at = {"published_at": study.published_at}
    yield _INSERT, [key | at | {"facet": facet, "value": value} for facet, value in wanted - before]
    yield _DELETE, [key | {"facet": facet, "value": value} for facet, value in before - wanted]
    yield from _count(study.workspace_id, wanted - before, before - wanted)


def drop_facets(study: CaseStudySummary) -> Script[None]:
    """Have a case study found by no filter."""
    key = {"workspace_id": study.workspace_id, "case_study_id": study.id}
    before = {(row["facet"], row["value"]) for row in (yield _OF_STUDY, key)}
    yield _DELETE, [key | {"facet": facet, "value": value} for facet, value in before]
    yield from _count(study.workspace_id, set(), before)


def facet_values(workspace_id: str) -> Script[dict[Facet, dict[str, int]]]:
    """How many published case studies have each value, by facet; the most frequent value first."""
    found: dict[Facet, dict[str, int]] = {}
    for row in (yield _VALUES, {"workspace_id": workspace_id}):
        found.setdefault(row["facet"], {})[row["value"]] = row["number"]
    return found


def given_facets(workspace_id: str, study_id: str) -> Script[dict[GivenFacet, tuple[str, ...]]]:
    """What a case study was given to be filtered by, each facet's values in order; {} for a draft."""
    found: dict[GivenFacet, tuple[str, ...]] = {}
    for row in sorted(
        (yield _OF_STUDY, {"workspace_id": workspace_id, "case_study_id": study_id}),
        key=lambda row: (row["facet"], row["value"]),
    ):
        if row["facet"] in get_args(GivenFacet):
            found[row["facet"]] = (*found.get(row["facet"], ()), row["value"])
    return found


def filter_clause(engine: Engine, filters: Filters, study_id: str) -> tuple[str, dict[str, object]]:
    """The end of a WHERE that keeps what has the filters' values, `study_id` being the column with the id."""
    clause, values = "", dict[str, object]()
    # SQLite would seek every value asked for; with a plus it reads the few that the case study has.
    value = "+x.value" if engine == "sqlite" else "x.value"
    for number, (facet, wanted) in enumerate(filters.items()):
        if wanted:
            names, given = in_list(f"value{number}_", wanted)
            clause += (
                " AND EXISTS (SELECT 1 FROM case_study_facets x WHERE x.workspace_id = :workspace_id "
                f"AND x.case_study_id = {study_id} AND x.facet = :facet{number} AND {value} IN ({names}))"
            )
            values |= {f"facet{number}": facet} | given
    return clause, values


def _count(workspace_id: str, more: set[tuple[Facet, str]], fewer: set[tuple[Facet, str]]) -> Script[None]:
    steps = dict.fromkeys(more, 1) | dict.fromkeys(fewer, -1)
    # In one order always, so that two publications at once wait for each other and do not lock up.
    yield (
        _COUNT,
        [
            {"workspace_id": workspace_id, "facet": facet, "value": value, "step": steps[facet, value]}
            for facet, value in sorted(steps)
        ],
    )


def _tidy(value: str) -> str:
    return " ".join(clean(value).split())
