"""`make bench`: every measurement, as a table and as JSON in bench/results."""

import dataclasses

from bench.count import measure_count
from bench.environment import environment
from bench.keeping import keep
from bench.library import ENGINES, library_table, measure_library
from bench.lookup import measure_part, table
from bench.start import measure_start
from bench.votes.measure import measure_votes, votes_table
from bench.workspaces import measure_workspaces, workspaces_table


def main() -> None:
    """Measure, print, keep."""
    where = environment()
    print("\n".join(f"{name:10} {value}" for name, value in where.items()), end="\n\n")
    figures = {**measure_start(), **measure_count()}
    width = max(map(len, figures))
    print("\n".join(f"{name:{width}}  {value:10.2f}" for name, value in figures.items()), end="\n\n")
    lookup = measure_part("report")
    print("Look-up, on the part of the labelled questions that is only for reporting")
    print(table(lookup))
    libraries = [measure_library(engine) for engine in ENGINES]
    print("\n" + "\n\n".join(map(library_table, libraries)))
    votes = {engine: measure_votes(engine=engine) for engine in ENGINES}
    for engine, report in votes.items():
        print(f"\nVotes on {engine}\n{votes_table(report)}")
    workspaces = measure_workspaces()
    print(f"\n{workspaces_table(workspaces)}")
    target = keep(
        where,
        {
            "figures": figures,
            "lookup": dataclasses.asdict(lookup),
            "library": {library.engine: library.figures() for library in libraries},
            "votes": {engine: report.figures() for engine, report in votes.items()},
            "workspaces": workspaces.figures(),
        },
    )
    print(f"\nKept in {target}.")


if __name__ == "__main__":
    main()
