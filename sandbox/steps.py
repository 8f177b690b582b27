"""Runs of the app's workflow steps: each has an execution id, and a token that lives as long as it."""

import asyncio
import secrets
from dataclasses import dataclass, field

from sandbox.manifest import Step
from sandbox.state import Json


@dataclass(frozen=True)
class StepOutcome:
    """What came of a step: its outputs, or in `trouble` the words that the person is shown."""

    outputs: Json = field(default_factory=dict)
    trouble: str | None = None


@dataclass(eq=False)
class StepRun:
    """One run of a step, begun for a person.

    `outcome` is settled by the app, or cancelled when nobody waits for it any more.
    """

    step: Step
    user_id: str
    execution_id: str
    workflow_execution_id: str
    token: str
    outcome: asyncio.Future[StepOutcome]


class StepRuns:
    """All runs since the sandbox was started."""

    def __init__(self) -> None:
        self._runs: list[StepRun] = []

    def begin(self, step: Step, user_id: str) -> StepRun:
        run = StepRun(
            step,
            user_id,
            "Fx" + secrets.token_hex(5).upper(),
            "Wx" + secrets.token_hex(5).upper(),
            f"xwfp-sandbox-{secrets.token_hex(16)}",
            asyncio.get_running_loop().create_future(),
        )
        self._runs.append(run)
        return run

    def of_execution(self, execution_id: str) -> StepRun | None:
        return next((run for run in self._runs if run.execution_id == execution_id), None)

    def of_token(self, token: str) -> StepRun | None:
        return next((run for run in self._runs if run.token == token), None)
