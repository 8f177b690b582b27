"""What a workflow does: it runs one of the app's steps and waits for what comes of it."""

import asyncio
import hashlib

from sandbox.delivery import Delivery
from sandbox.parameters import Parameter, value_faults
from sandbox.payloads import event_payload
from sandbox.state import Json
from sandbox.steps import StepOutcome, StepRun
from sandbox.workspace import Workspace

STEP_SECONDS = 30.0

NOT_INSTALLED = "{app} is not installed in your workspace, so its workflow steps are not there for you."
NO_SUCH_STEP = "This workflow step is not available."
NOT_TOLD = "{app} does not subscribe to function_executed, so it never hears of its workflow steps."
NOT_FINISHED = "The step did not finish in time."


class StepActs:
    """Running workflow steps."""

    def __init__(self, workspace: Workspace, delivery: Delivery) -> None:
        self.workspace = workspace
        self.delivery = delivery

    async def run_step(
        self, user_id: str, callback_id: str, inputs: Json, seconds: float = STEP_SECONDS
    ) -> StepOutcome:
        """Run a step as a person's workflow does, and wait at most `seconds` for the app to complete it.

        `inputs` are by name, of the types that the manifest declares; empty ones are not told to the app.
        """
        workspace = self.workspace.seat_of(user_id)
        app = self.workspace.manifest.name
        step = self.workspace.manifest.step(callback_id)
        if workspace is None:
            return StepOutcome(trouble=NOT_INSTALLED.format(app=app))
        if step is None:
            return StepOutcome(trouble=NO_SUCH_STEP)
        if faults := value_faults(step.inputs, inputs):
            return StepOutcome(trouble=" ".join(faults))
        if "function_executed" not in workspace.manifest.events:
            return StepOutcome(trouble=NOT_TOLD.format(app=app))
        run = workspace.step_runs.begin(step, user_id)
        given = {name: value for name, value in inputs.items() if value is not None and value != ""}
        await self.delivery.tell(event_payload(workspace, _executed(workspace, run, given)))
        try:
            async with asyncio.timeout(seconds):
                return await run.outcome
        except TimeoutError:
            return StepOutcome(trouble=NOT_FINISHED)


def _executed(workspace: Workspace, run: StepRun, inputs: Json) -> Json:
    step = run.step
    digest = hashlib.sha256(step.callback_id.encode()).hexdigest()
    now = int(workspace.clock())
    return {
        "type": "function_executed",
        "function": {
            "id": f"Fn{digest[:10].upper()}",
            "callback_id": step.callback_id,
            "title": step.title,
            "description": step.description,
            "type": "app",
            "input_parameters": [_parameter(parameter) for parameter in step.inputs],
            "output_parameters": [_parameter(parameter) for parameter in step.outputs],
            "app_id": workspace.app_id,
            "date_created": now,
            "date_updated": now,
            "date_deleted": 0,
        },
        "inputs": inputs,
        "function_execution_id": run.execution_id,
        "workflow_execution_id": run.workflow_execution_id,
        "event_ts": workspace.new_ts(),
        "bot_access_token": run.token,
    }


def _parameter(parameter: Parameter) -> Json:
    return {
        "type": parameter.type,
        "name": parameter.name,
        "title": parameter.title,
        "description": parameter.description,
        "is_required": parameter.is_required,
    }
