"""How long the bot takes to start and what it holds in memory, each in a process of its own."""

import subprocess
import sys

from bench.timing import median_seconds

RUNS = 5
SEARCH = """
import time
began = time.perf_counter()
from knowledge.encoder import load_encoder
from knowledge.loader import load_library
from knowledge.search import Search
Search(load_library(), load_encoder()).find("people keep leaving")
print(time.perf_counter() - began)
"""
MEMORY = """
import asyncio, resource
from bot.app import create_app, create_client, create_publisher
from bot.installation import Installation
from bot.settings import Settings
from knowledge.encoder import load_encoder
from knowledge.loader import load_library
from knowledge.search import Search
from storage.open import open_store

async def main():
    settings, library = Settings(bot_token="xoxb-bench", signing_secret="bench"), load_library()
    store = await open_store("sqlite:///:memory:")
    installation = Installation(create_client(settings))
    create_app(settings, store, library, Search(library, load_encoder()), installation)
    create_publisher(store, library, installation)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    await store.close()

asyncio.run(main())
"""


def measure_start() -> dict[str, float]:
    """Seconds to `check` and to the first answer of a search; megabytes of the whole bot at its highest."""
    check = [sys.executable, "-m", "bot", "check", "--offline"]
    return {
        "python -m bot check --offline (s)": median_seconds(
            lambda: subprocess.run(check, check=True, capture_output=True), RUNS
        ),
        "content loaded and first question answered (s)": _printed(SEARCH),
        "the whole bot in memory (MB)": _printed(MEMORY),
    }


def _printed(script: str) -> float:
    ended = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return float(ended.stdout)
