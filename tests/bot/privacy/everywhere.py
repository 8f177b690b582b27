"""Every place in which somebody may still be found: rows, files, a dump, exports, the log, and Slack."""

import io
import logging
import subprocess
import zipfile
from datetime import UTC, datetime

import psycopg
import pytest

from bot.admins import Admins
from bot.case_studies.exports.ordering import Ordering
from bot.case_studies.exports.rights import ExportRights
from bot.case_studies.library.wanted import Wanted
from bot.case_studies.service import CaseStudyService
from bot.delivery.personal_files import order_files
from bot.governance import ids as governance
from bot.logs import NamelessFormatter
from bot.ranking.export.service import ExportService
from knowledge.model import Library
from storage.store import Store
from tests.bot.case_studies.examples import person
from tests.bot.clockwork import WholeClock
from tests.bot.ranking.running import Run, caller
from tests.databases import postgres_programs
from tests.slack import ANNA, BEN, CHANNEL, TEAM, Slack, User
from tests.storage.traces import bytes_of

OF_THE_PLANNER = (
    "SELECT most_common_vals::text || ' ' || COALESCE(histogram_bounds::text, '') FROM pg_stats "
    "WHERE schemaname = 'public' AND most_common_vals IS NOT NULL",
    "SELECT most_common_vals::text FROM pg_stats_ext WHERE most_common_vals IS NOT NULL",
)


def in_hand(url: str) -> dict[str, bytes]:
    """What somebody with the database has: its files, or a dump and what the planner remembers."""
    if url.startswith("sqlite"):
        return {"the files": bytes_of(url)}
    dump = subprocess.run([postgres_programs() / "pg_dump", url], capture_output=True, check=True).stdout
    with psycopg.connect(url) as connection:
        remembered = [str(row[0]) for sql in OF_THE_PLANNER for row in connection.execute(sql)]
    return {"a dump": dump, "the planner": "\n".join(remembered).encode()}


def analyse(url: str) -> None:
    """Have PostgreSQL's planner remember the commonest values, as it does by itself from time to time."""
    if not url.startswith("sqlite"):
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("ANALYZE")


def not_cleared(url: str) -> list[str]:
    """PostgreSQL's tables of which old versions of rows were never cleared away."""
    if url.startswith("sqlite"):
        return []
    never = (
        "SELECT relname FROM pg_stat_user_tables WHERE last_vacuum IS NULL AND relname <> 'schema_migrations'"
    )
    with psycopg.connect(url) as connection:
        return [name for (name,) in connection.execute(never)]


async def exports(
    store: Store, slack: Slack, library: Library, run: Run, clock: WholeClock, reader: User = BEN
) -> dict[str, bytes]:
    """Everything that is exported for somebody who may have all, in every form; Word as its parts."""
    slack.uploads.clear()
    asks, now = caller(reader), datetime.now(UTC)
    files = ExportService(store, Admins(run.client_for))
    for ranking in await store.rankings.list_rankings(TEAM, limit=50):
        await files.order(asks, ranking.id, ("word", "csv", "json"), "me", key=ranking.id, at=now)
        await files.order_canvas(asks, ranking.id, key=f"canvas-{ranking.id}", at=now)
    service = CaseStudyService(store, library)
    ordering = Ordering(service, store, ExportRights(service, store.sections, Admins(run.client_for)))
    studies = await store.case_studies.list_own(
        TEAM, person(reader), statuses=("published", "draft", "withdrawn"), limit=50
    )
    for study in studies:
        await ordering.order_study(asks, study.id, ("word", "json", "markdown"), key=study.id, at=now)
        if study.status == "published":
            await ordering.order_canvas(asks, study.id, CHANNEL, key=f"canvas-{study.id}", at=now)
    await ordering.order_library(
        asks, Wanted(), ("csv", "json", "markdown", "word"), key="whole-library", at=now
    )
    await order_files(store.work, governance.LOG_FILES, asks, now, what="audit_log")
    await order_files(store.work, governance.DATA_SHEET_FILES, asks, now, what="data_sheet")
    await clock.look(6)
    found = dict(slack.uploads)
    for number, canvas in enumerate(slack.called("canvases.create")):
        found[f"canvas {number}"] = str(canvas).encode()
    for name in [name for name in found if name.endswith(".docx")]:
        with zipfile.ZipFile(io.BytesIO(found.pop(name))) as parts:
            found |= {f"{name}: {part}": parts.read(part) for part in parts.namelist()}
    return found


def logged(caplog: pytest.LogCaptureFixture) -> str:
    """What the log would hold at DEBUG."""
    formatter = NamelessFormatter("%(levelname)s %(name)s: %(message)s")
    written = [
        record
        for record in caplog.records
        if record.levelno >= logging.INFO or record.name.partition(".")[0] == "bot"
    ]
    return "\n".join(map(formatter.format, written))


def told_others(slack: Slack) -> list[str]:
    """What stands in Slack before anybody but Anna."""
    own = {ANNA.id, f"D0{ANNA.id[2:]}"}
    return [str(said) for at, said in slack.shown.items() if at != ANNA.id and said.get("channel") not in own]
