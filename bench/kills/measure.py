"""Storm after storm: the bot is killed in each, and what was acknowledged is looked for."""

import asyncio
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from bench.kills.bots import Bots
from bench.kills.partnership import CHANNEL, voter_ids, write_partnership
from bench.kills.rankings import Kept, kept_of, start_ranking
from bench.kills.storm import Voter
from sandbox.harness import Harness, running_harness
from sandbox.running import Options
from sandbox.state import Message
from storage.open import open_store
from storage.records.people import Person
from tests.databases import postgres_database

Variant: TypeAlias = Literal["sqlite", "postgresql", "two processes"]
VARIANTS: tuple[Variant, ...] = ("sqlite", "postgresql", "two processes")
KILLS, VOTERS = 50, 32
LONGEST_STORM = 1.5
"""Seconds from the first vote to the kill at most."""
AFTERWARDS = 0.5
"""Seconds for which people go on pressing when another process is there to answer."""
RIGHT_WITHIN = 10.0
"""Seconds from when the restarted bot is ready until every message is to say what the store says."""


class LostError(Exception):
    """Something that was acknowledged is not there, or a message says something else."""


@dataclass(frozen=True, slots=True)
class Storm:
    """One kill: presses acknowledged and unanswered, and seconds from its start until all was right.

    `ready_after` is when the restarted process had connected: on a busy machine that is most of it.
    """

    acknowledged: int
    unanswered: int
    refused: int
    kept_unanswered: int
    ready_after: float
    right_after: float


@dataclass(frozen=True, slots=True)
class KillsReport:
    """All storms of one variant."""

    variant: Variant
    voters: int
    seed: int
    storms: tuple[Storm, ...]

    def figures(self) -> dict[str, object]:
        """For the JSON."""
        return {
            "kills": len(self.storms),
            "voters": self.voters,
            "seed": self.seed,
            "acknowledged": sum(storm.acknowledged for storm in self.storms),
            "unanswered": sum(storm.unanswered for storm in self.storms),
            "unanswered_and_kept": sum(storm.kept_unanswered for storm in self.storms),
            "refused": sum(storm.refused for storm in self.storms),
            "lost": 0,
            "longest_until_right": max(storm.right_after for storm in self.storms),
            "longest_since_ready": max(storm.right_after - storm.ready_after for storm in self.storms),
            "storms": [asdict(storm) for storm in self.storms],
        }


def measure_kills(
    variant: Variant, kills: int = KILLS, voters: int = VOTERS, seed: int | None = None
) -> KillsReport:
    """Kill the bot so many times; with two processes, one of them each time.

    :raises LostError: an acknowledged vote is lost or doubled, or a message is wrong for too long
    """
    chosen = random.randrange(2**31) if seed is None else seed
    with (
        tempfile.TemporaryDirectory(prefix="commonground-kills-") as folder,
        _database(variant, folder) as url,
    ):
        storms = asyncio.run(_run(variant, url, Path(folder), kills, voters, random.Random(chosen)))
    return KillsReport(variant, voters, chosen, tuple(storms))


def kills_table(reports: Sequence[KillsReport]) -> str:
    """The reports as lines of plain text."""
    heads = f"{'unanswered':>12}{'kept':>6}{'right after, s':>16}{'since ready':>13}"
    lines = [f"{'':14}{'kills':>7}{'votes':>9}{'lost':>6}{heads}"]
    for each in reports:
        figures = each.figures()
        lines.append(
            f"{each.variant:14}{figures['kills']:>7}{figures['acknowledged']:>9}{figures['lost']:>6}"
            f"{figures['unanswered']:>12}{figures['unanswered_and_kept']:>6}"
            f"{figures['longest_until_right']:>16.1f}{figures['longest_since_ready']:>13.1f}"
        )
    return "\n".join(lines)


@contextmanager
def _database(variant: Variant, folder: str) -> Iterator[str]:
    if variant == "sqlite":
        yield f"sqlite:///{folder}/kills.db"
    else:
        with postgres_database() as url:
            yield url


async def _run(
    variant: Variant, url: str, folder: Path, kills: int, voters: int, chance: random.Random
) -> list[Storm]:
    partnership = folder / "partnership.yml"
    write_partnership(partnership, voters)
    options = Options(is_http=variant != "two processes", partnership=partnership)
    async with running_harness(url, options=options, with_bot=False) as harness:
        bots = Bots(harness.sandbox, 2 if variant == "two processes" else 1)
        await _name_agencies(url, voter_ids(voters), harness.workspace.home_team.id)
        try:
            await bots.start()
            return [
                await _storm(harness, bots, url, f"Storm-{number}", voter_ids(voters), chance)
                for number in range(1, kills + 1)
            ]
        finally:
            await bots.stop()


async def _name_agencies(url: str, user_ids: Sequence[str], team_id: str) -> None:
    """Nobody is asked for their agency in the middle of a storm."""
    store = await open_store(url)
    for user_id in user_ids:
        await store.people.set_agency(team_id, Person(team_id, user_id), "Storm watch")
    await store.close()


async def _storm(
    harness: Harness, bots: Bots, url: str, ranking_id: str, user_ids: Sequence[str], chance: random.Random
) -> Storm:
    store = await open_store(url)
    await start_ranking(store, ranking_id, user_ids)
    await store.close()
    await harness.until(lambda: _boards(harness, ranking_id), f"the board of {ranking_id}")
    voters = [Voter(user_id) for user_id in user_ids]
    await asyncio.gather(*(voter.open_ballot(harness, ranking_id) for voter in voters))
    stop = asyncio.Event()
    pressing = [asyncio.create_task(each.press_until(harness, stop, at)) for at, each in enumerate(voters)]
    await asyncio.sleep(chance.uniform(0.01, LONGEST_STORM))
    killed = chance.choice(bots.processes)
    await killed.kill()
    if len(bots.processes) > 1:
        await asyncio.sleep(chance.uniform(0, AFTERWARDS))
    stop.set()
    await asyncio.gather(*pressing)

    store = await open_store(url)
    kept = await kept_of(store, ranking_id)
    await store.close()
    kept_unanswered = check_kept(kept, voters)
    began = time.monotonic()
    await killed.start()
    ready_after = time.monotonic() - began
    said = f"{kept.counted} of {len(user_ids) + 1} have answered"
    while not _is_right(harness, ranking_id, said):
        if time.monotonic() - began > ready_after + RIGHT_WITHIN:
            boards = [board.text for board in _boards(harness, ranking_id)]
            raise LostError(
                f"{ranking_id}: the bot was ready after {ready_after:.1f} s, and after {RIGHT_WITHIN} s more "
                f"“{said}” was not on the board: {boards}\n" + "\n".join(killed.log)
            )
        await asyncio.sleep(0.02)
    right_after = time.monotonic() - began
    for voter in voters:
        await voter.close_ballot(harness)
    return Storm(
        sum(voter.votes for voter in voters),
        sum(voter.silences for voter in voters),
        sum(voter.refused for voter in voters),
        kept_unanswered,
        ready_after,
        right_after,
    )


def check_kept(kept: Kept, voters: Sequence[Voter]) -> int:
    """Returns how many presses were kept though nobody heard so; :raises LostError: one that was is not."""
    if kept.counted != len(kept.choices):
        raise LostError(f"{len(kept.choices)} answers were kept, and {kept.counted} counted")
    unheard = 0
    for voter in voters:
        choice = kept.choices.get(voter.user_id, "")
        if choice != voter.acknowledged:
            if choice not in voter.unanswered:
                raise LostError(f"{voter.user_id} was told of {voter.acknowledged!r}; {choice!r} was kept")
            unheard += 1
    return unheard


def _boards(harness: Harness, ranking_id: str) -> list[Message]:
    messages = harness.workspace.messages.get(CHANNEL, {}).values()
    return [each for each in messages if each.text.splitlines()[0] == f"Ranking: {ranking_id}"]


def _is_right(harness: Harness, ranking_id: str, said: str) -> bool:
    boards = _boards(harness, ranking_id)
    return len(boards) == 1 and said in boards[0].text
