"""The load is what Slack would send, and every vote that is acknowledged is kept."""

from bench.votes.measure import VOTES, measure_votes, votes_table


def test_every_load_is_answered_by_both_and_has_its_line() -> None:
    report = measure_votes(requests=70, rounds=1, ballots=200)
    assert VOTES in report.loads
    assert all(each.rate > 0 and each.p99 > 0 for each in report.loads.values())
    lines = votes_table(report).splitlines()
    assert [name for name in report.loads if any(line.startswith(name) for line in lines)] == list(
        report.loads
    )
    assert report.calls["auth.test"] == 1
    assert report.figures()[VOTES]
