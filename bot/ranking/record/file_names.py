"""The names of a record's files: the ranking's title, then what is in the file."""

from bot.exports.file_names import file_name
from bot.ranking.pictures.chart import Picture
from bot.ranking.record.record import Record, Round

OTHERWISE = "ranking"


def word_name(record: Record) -> str:
    """Such as `joint-work-record.docx`."""
    return file_name(record.title, "docx", OTHERWISE, "record")


def json_name(record: Record) -> str:
    """Such as `joint-work-record.json`."""
    return file_name(record.title, "json", OTHERWISE, "record")


def csv_name(record: Record, counted: Round) -> str:
    """Such as `joint-work-ballots-round-1.csv`."""
    return file_name(record.title, "csv", OTHERWISE, f"ballots-round-{counted.number}")


def picture_name(record: Record, picture: Picture) -> str:
    """Such as `joint-work-places-round-1.png`."""
    part = f"{picture.chart.name}-round-{picture.chart.round}"
    return file_name(record.title, "png", OTHERWISE, part)
