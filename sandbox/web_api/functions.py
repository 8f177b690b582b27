"""functions.*: what the app says of a workflow step that it was asked to run."""

from sandbox.parameters import value_faults
from sandbox.refusals import RefusedError
from sandbox.state import Json
from sandbox.steps import StepOutcome, StepRun
from sandbox.web_api.method import Call, method


def _open_run(call: Call) -> StepRun:
    """The run named, still waiting; a step's own token is for its own run only."""
    run = call.workspace.step_runs.of_execution(call.required("function_execution_id"))
    if run is None:
        raise RefusedError("function_execution_not_found")
    if call.step_run not in (None, run):
        raise RefusedError("access_denied")
    if run.outcome.done():
        raise RefusedError("execution_not_in_running_state")
    return run


@method("functions.completeSuccess", tier=3)
def complete_success(call: Call) -> Json:
    run = _open_run(call)
    outputs = call.structure("outputs") or {}
    if not isinstance(outputs, dict):
        raise RefusedError("invalid_arguments", ["must be an object [json-pointer:/outputs]"])
    if faults := value_faults(run.step.outputs, outputs):
        raise RefusedError("parameter_validation_failed", faults)
    run.outcome.set_result(StepOutcome(outputs))
    return {"ok": True}


@method("functions.completeError", tier=3)
def complete_error(call: Call) -> Json:
    run = _open_run(call)
    run.outcome.set_result(StepOutcome(trouble=call.required("error")))
    return {"ok": True}
