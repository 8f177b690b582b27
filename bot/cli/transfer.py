"""`export` and `import`: case studies out of the database and into it."""

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from bot.cli.refusals import refuse
from bot.settings import Settings

STOPPED = "What was imported before that is kept. Import the same file again once the database can be used."


def add(commands: Any) -> None:
    """Add `export` and `import` to the subparsers."""
    export = commands.add_parser("export", help="write all case studies, drafts too, as CSV or JSON")
    export.add_argument("--format", choices=("csv", "json"), required=True, help="JSON can be imported again")
    export.add_argument("--out", type=Path, metavar="FILE", help="where to write; the screen if left out")
    export.set_defaults(action=export_file)
    importing = commands.add_parser("import", help="take in case studies that were exported as JSON")
    importing.add_argument("file", type=Path, help="a JSON file that export has written")
    importing.set_defaults(action=import_file)


def export_file(options: argparse.Namespace, settings: Settings) -> int:
    """Write every case study; 1 when they cannot be read or written."""
    from knowledge.loader import ContentError
    from storage.store import UnavailableError

    try:
        asyncio.run(_export(options, settings))
    except ContentError as error:
        return refuse(error.faults)
    except UnavailableError as error:
        return refuse([str(error)])
    except OSError as error:
        return refuse([f"{options.out or 'The screen'} cannot be written: {error.strerror}."])
    return 0


def import_file(options: argparse.Namespace, settings: Settings) -> int:
    """Keep every case study of the file; 1, and nothing kept, when it has faults."""
    from bot.case_studies.exports.archive import ArchiveError
    from storage.store import UnavailableError

    try:
        with options.file.open(encoding="utf-8-sig") as archive:
            if not archive.seekable():
                return refuse([f"{options.file} cannot be read twice. Save it as a file first."])
            print(asyncio.run(_import(archive, settings)))
    except OSError as error:
        return refuse([f"{options.file} cannot be read: {error.strerror}."])
    except UnicodeDecodeError:
        return refuse([f"{options.file}: this is not text in UTF-8."])
    except ArchiveError as error:
        return refuse([f"{options.file}: {fault}" for fault in error.faults] + ["Nothing was imported."])
    except UnavailableError as error:
        return refuse([str(error), STOPPED])
    return 0


async def _export(options: argparse.Namespace, settings: Settings) -> None:
    from bot.case_studies.exports.transfer import export_case_studies
    from bot.cli.accounting import keep_line
    from knowledge.loader import load_library
    from storage.open import open_store

    templates = load_library(settings.knowledge_dir).templates
    # Not brought up to date: an export leaves the schema as it is, and makes no database.
    store = await open_store(settings.database_url, migrate=False)
    try:
        await keep_line(store, "exported", {"what": "all_case_studies", "forms": [options.format]})
        pieces = export_case_studies(store.case_studies, templates, options.format)
        if options.out:
            await _write_file(options.out, pieces)
        else:
            await _write(sys.stdout.buffer, pieces)
    finally:
        await store.close()


async def _write_file(target: Path, pieces: AsyncIterator[str]) -> None:
    """Write beside the target first, so that a fault leaves what was there before."""
    beside = target.with_name(f"{target.name}.part")
    with beside.open("wb") as stream:
        await _write(stream, pieces)
    beside.replace(target)


async def _write(stream: BinaryIO, pieces: AsyncIterator[str]) -> None:
    async for piece in pieces:
        stream.write(piece.encode())


async def _import(archive: TextIO, settings: Settings) -> str:
    """Check the whole file before anything of it is kept."""
    from bot.case_studies.exports.archive import check_archive, read_archive
    from bot.case_studies.exports.transfer import import_case_studies
    from knowledge.loader import load_library
    from storage.open import open_store

    check_archive(archive)
    archive.seek(0)
    templates = load_library(settings.knowledge_dir).templates
    store = await open_store(settings.database_url)
    try:
        return (await import_case_studies(store, templates, read_archive(archive))).words
    finally:
        await store.close()
