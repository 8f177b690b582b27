"""The files of a record that somebody wants, and what is said of them."""

import asyncio
import logging
from collections.abc import Iterator, Sequence

from bot.blocks import escape
from bot.delivery.files import File
from bot.ranking.export.orders import Form
from bot.ranking.export.picture_work import picture_files
from bot.ranking.pictures.chart import Picture
from bot.ranking.pictures.studio import PictureError, Studio
from bot.ranking.record.charts import charts_of
from bot.ranking.record.csv_file import csv_file
from bot.ranking.record.file_names import csv_name, json_name, word_name
from bot.ranking.record.json_file import json_file
from bot.ranking.record.record import Record
from bot.ranking.record.word import word_file

log = logging.getLogger(__name__)

FORM_TEXTS: dict[Form, str] = {
    "word": "Word: the whole record, to read and print.",
    "csv": "CSV: the ballots of each round as a table.",
    "json": 'JSON: the whole record for other programs. "python -m bot tally" counts its last round again.',
    "png": "Pictures: each is described in words for screen readers.",
}
ENDINGS: dict[Form, str] = {"word": ".docx", "csv": ".csv", "json": ".json", "png": ".png"}
NOT_DRAWN = "The pictures could not be drawn this time. Everything they show is in the record in words."
NO_BALLOTS = "There are no ballots and no pictures, because nobody has put the statements in order yet."


async def export_files(record: Record, forms: Sequence[Form], studio: Studio) -> tuple[list[File], str]:
    """The files, and the words above them in Slack's markup; fewer files where there is nothing to tell."""
    pictures: list[Picture] = []
    notes = []
    if {"word", "png"} & set(forms):
        try:
            pictures = await studio.draw(charts_of(record))
        except PictureError as error:
            log.warning("Pictures for an export were not drawn: %s", error)
            notes.append(NOT_DRAWN)
    if not record.rounds and {"csv", "png"} & set(forms):
        notes.append(NO_BALLOTS)
    files = await asyncio.to_thread(lambda: [*_files(record, forms, pictures)])
    told = [f"• {FORM_TEXTS[form]}" for form in forms if _has(files, form)]
    return files, "\n".join([f"*The record of “{escape(record.title)}”*", *told, *notes])


def _files(record: Record, forms: Sequence[Form], pictures: list[Picture]) -> Iterator[File]:
    if "word" in forms:
        yield File(word_name(record), "The record, as Word", word_file(record, pictures))
    if "csv" in forms:
        for counted in record.rounds:
            title = f"The ballots of round {counted.number}, as CSV"
            yield File(csv_name(record, counted), title, csv_file(counted).encode())
    if "json" in forms:
        yield File(json_name(record), "The record, as JSON", json_file(record).encode())
    if "png" in forms:
        yield from picture_files(record, pictures)


def _has(files: Sequence[File], form: Form) -> bool:
    return any(file.name.endswith(ENDINGS[form]) for file in files)
