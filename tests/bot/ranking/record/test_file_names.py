"""Names of a record's files."""

from bot.ranking.pictures.chart import Picture
from bot.ranking.record.charts import charts_of
from bot.ranking.record.file_names import csv_name, json_name, picture_name, word_name
from tests.bot.ranking.record.examples import make_record


def test_each_name_tells_the_ranking_what_it_is_and_the_round() -> None:
    record = make_record(title="../Joint work?")
    names = [word_name(record), json_name(record), *(csv_name(record, counted) for counted in record.rounds)]
    assert names == [
        "joint-work-record.docx",
        "joint-work-record.json",
        "joint-work-ballots-round-1.csv",
        "joint-work-ballots-round-2.csv",
    ]
    pictures = [picture_name(record, Picture(chart, b"")) for chart in charts_of(record)]
    assert pictures[0] == "joint-work-places-round-1.png"
    assert pictures[-1] == "joint-work-movement-round-2.png"
    assert len(set(pictures)) == len(pictures) == 7
