"""Every kind of request is answered, and what stays behind is noticed."""

from dataclasses import replace

from bench.soak.measure import SoakReport, measure_soak, soak_table
from bench.soak.process import Held

HELD = Held(memory=200.0, tasks={"Clock.run": 1}, connections=3, files=20, threads=7)


def test_a_short_soak_has_a_line_for_each_look_and_leaves_nothing_behind() -> None:
    report = measure_soak(requests=200, warm_up=200, rounds=1)
    assert len(report.rounds) == 2
    assert report.rounds[0].memory > 0
    assert report.rounds[0].tasks["Clock.run"] == report.rounds[-1].tasks["Clock.run"] == 1
    # Modals that wait for their turn with Slack have had it a minute later.
    assert report.left_behind.keys() <= {"threads", "_Workspace._work"}
    assert "400 requests" in soak_table(report)


def test_growth_and_what_is_left_behind_are_told() -> None:
    later = replace(HELD, memory=230.0, tasks={"Clock.run": 1, "forgotten": 2}, files=25)
    report = SoakReport(100, 100, 5.0, (HELD, later))
    assert report.left_behind == {"forgotten": 2, "files": 5}
    assert "memory grew by 15.0% after the warm-up; left behind: forgotten 2, files 5" in soak_table(report)
