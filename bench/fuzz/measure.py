"""The bot as it runs, attacked: what it answers, what it logs, what it keeps, what memory it takes."""

import asyncio
import contextlib
import os
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx
from cryptography.fernet import Fernet

from bench.fuzz.corpus import Json, load_corpus
from bench.fuzz.inside import NOT_INSTALLED
from bench.fuzz.requests import attack
from bench.fuzz.rows import Rows, damage, read_rows
from bench.fuzz.workspace import furnish, install
from bench.votes.presses import SECRET
from bench.votes.servers import ROOT, slack_server
from bot.oauth.vault import Vault
from knowledge.loader import load_library
from sandbox.ports import ReservedPort
from storage.database import Engine
from storage.open import open_store
from tests.databases import postgres_database

CONNECTIONS = 8
WARM_UP = 0.1
"""The share of the requests before memory is read for the first time."""


@dataclass(frozen=True, slots=True)
class Fuzzed:
    """What came of it; `damage` and `faults` say in words what should not be, memory is in MB."""

    requests: int
    seconds: float
    statuses: dict[str, int]
    forged_taken: int
    damage: list[str]
    faults: list[str]
    memory_before: float
    memory_after: float

    @property
    def is_well(self) -> bool:
        """No error of the server, nothing forged taken, nothing changed, nothing in the log."""
        server_errors = [status for status in self.statuses if status.startswith("5")]
        return not (server_errors or self.forged_taken or self.damage or self.faults)

    def figures(self) -> dict[str, object]:
        """For the JSON."""
        return asdict(self)


def measure_fuzz(requests: int, seed: int, engine: Engine) -> Fuzzed:
    """Send so many; the same seed sends the same."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        slack = stack.enter_context(slack_server())
        url = f"sqlite:///{folder}/commonground.db"
        if engine == "postgresql":
            url = stack.enter_context(postgres_database())
        return asyncio.run(_measure(folder, url, slack.port, requests, seed))


async def _measure(folder: Path, url: str, slack_port: int, requests: int, seed: int) -> Fuzzed:
    log, key = folder / "log.txt", Fernet.generate_key().decode()
    store = await open_store(url)
    await furnish(store, load_library())
    await install(store, Vault((key,)))
    await store.close()
    async with _bot(url, slack_port, log, key) as (client, process):
        hammer = _Hammer(client, load_corpus(slack_port), seed)
        before = await _settled(url)
        began = time.perf_counter()
        await hammer.send(int(requests * WARM_UP))
        memory_before = _memory(process.pid)
        await hammer.send(requests - int(requests * WARM_UP))
        memory_after, seconds = _memory(process.pid), time.perf_counter() - began
        after = await _settled(url)
    return Fuzzed(
        requests,
        seconds,
        dict(sorted(hammer.statuses.items())),
        hammer.forged_taken,
        damage(before, after),
        _faults(log),
        memory_before,
        memory_after,
    )


class _Hammer:
    def __init__(self, client: httpx.AsyncClient, corpus: list[Json], seed: int) -> None:
        self.statuses: Counter[str] = Counter()
        self.forged_taken = 0
        self._client, self._corpus, self._rng = client, corpus, random.Random(seed)

    async def send(self, requests: int) -> None:
        share = [requests // CONNECTIONS + (at < requests % CONNECTIONS) for at in range(CONNECTIONS)]
        await asyncio.gather(*map(self._send, share))

    async def _send(self, requests: int) -> None:
        for _ in range(requests):
            sent = attack(self._rng, self._corpus)
            answer = await self._client.request(
                sent.method, sent.path, content=sent.body, headers=dict(sent.headers)
            )
            self.statuses[str(answer.status_code)] += 1
            self.forged_taken += sent.forged and answer.status_code != 401


@contextlib.asynccontextmanager
async def _bot(
    url: str, slack_port: int, log: Path, key: str
) -> AsyncIterator[tuple[httpx.AsyncClient, asyncio.subprocess.Process]]:
    with ReservedPort() as port, log.open("wb") as written:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "bot", "run", "--http"),
            cwd=log.parent,
            env=_environment(url, slack_port, port, key),
            stderr=written,
        )
        try:
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
                while process.returncode is None:
                    with contextlib.suppress(httpx.TransportError):
                        await client.get("/health")
                        break
                    await asyncio.sleep(0.1)
                yield client, process
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()


def _environment(url: str, slack_port: int, port: int, key: str) -> dict[str, str]:
    """The bot's, in many workspaces; nothing of Slack's that the person who measures has set."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("SLACK_")},
        "PYTHONPATH": str(ROOT),
        "SLACK_CLIENT_ID": "1.2",
        "SLACK_CLIENT_SECRET": "secret",
        "ENCRYPTION_KEY": key,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": f"http://127.0.0.1:{slack_port}/api/",
        "DATABASE_URL": url,
        "PORT": str(port),
        "LOG_LEVEL": "WARNING",
    }


async def _settled(url: str) -> Rows:
    """All rows once two looks a second apart find the same."""
    rows = read_rows(url)
    while True:
        await asyncio.sleep(1)
        before, rows = rows, read_rows(url)
        if rows == before:
            return rows


def _memory(pid: int) -> float:
    """What the process holds in memory, in MB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _faults(log: Path) -> list[str]:
    """Each error with what follows it, up to the next line that has a level."""
    lines = re.split(r"\n(?=\d{4}-)", log.read_text("utf-8", errors="replace"))
    return [line for line in lines if " ERROR " in line and NOT_INSTALLED not in line]


def fuzz_table(found: Fuzzed) -> str:
    """The figures for people, and the first of what should not be."""
    growth = found.memory_after / found.memory_before - 1
    return "\n".join(
        [
            f"{found.requests:,} hostile requests in {found.seconds:.0f} s",
            *(f"  answered {status}: {number:,}" for status, number in found.statuses.items()),
            f"  forged and taken: {found.forged_taken}",
            f"  rows changed that are not the sender's: {len(found.damage)}",
            f"  errors in the log: {len(found.faults)}",
            f"  memory {found.memory_before:.0f} MB, then {found.memory_after:.0f} MB ({growth:+.1%})",
            *found.damage[:10],
            *found.faults[:10],
        ]
    )
