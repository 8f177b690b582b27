"""The bot's web application on a workspace full of other people's things."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench.fuzz.inside import Inside, bot_inside
from bench.fuzz.requests import Attack


@dataclass(frozen=True, slots=True)
class Target:
    """What is attacked, from code that does not await: hypothesis runs none that does."""

    inside: Inside
    runner: asyncio.Runner

    def send(self, attack: Attack) -> int:
        """The status of the answer."""
        return self.runner.run(self.inside.send(attack))


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    folder: Path = tmp_path_factory.mktemp("hostile")
    with asyncio.Runner() as runner:
        opened = bot_inside(folder)
        yield Target(runner.run(opened.__aenter__()), runner)
        runner.run(opened.__aexit__(None, None, None))
