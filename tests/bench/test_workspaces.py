"""One workspace alone, one among many and all of them are given the same votes."""

from bench.workspaces import measure_workspaces, workspaces_table


def test_each_has_its_line_and_one_among_many_is_held_against_one_alone() -> None:
    report = measure_workspaces(requests=60, rounds=1, workspaces=20)
    bursts = (*report.alone, *report.among, *report.everywhere)
    assert len(bursts) == 3
    assert all(burst.rate > 0 for burst in bursts)
    lines = workspaces_table(report).splitlines()
    names = ["one installed", "20 installed", "all of them busy"]
    assert [line.split("  ")[0] for line in lines[1:4]] == names
    assert lines[4].startswith(f"20 installed: {report.held.rate:.2f} of the rate with one")
