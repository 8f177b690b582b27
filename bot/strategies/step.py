"""The step “Find strategies” of Workflow Builder: a question in, strategies in plain text out."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.context.complete.async_complete import AsyncComplete
from slack_bolt.context.fail.async_fail import AsyncFail

from bot.caller import Caller
from bot.errors import explain
from bot.replays import Claims
from bot.strategies.desk import Desk
from bot.strategies.results import Card, Found, NothingFound, Result, ThemePage, UnknownStrategy
from knowledge.model import Strategy, Theme
from storage.records.people import Person

NO_QUESTION = (
    "The question is empty. Fill in the question of the step “Find strategies”, then run the workflow again."
)
NOTHING_FITS = "No strategy fits this question."


class StepListeners:
    """Each run is completed once, even when Slack sends it again."""

    def __init__(self, desk: Desk, claims: Claims) -> None:
        self._desk = desk
        self._claims = claims

    async def find_strategies_for_workflow(
        self,
        event: dict[str, Any],
        inputs: dict[str, Any],
        context: AsyncBoltContext,
        complete: AsyncComplete,
        fail: AsyncFail,
    ) -> None:
        if not await self._claims.claim(str(context.team_id), str(event["function_execution_id"])):
            return
        question = str(inputs.get("question") or "").strip()
        if not question:
            await fail(NO_QUESTION)
            return
        try:
            result = await self._desk.ask(_nobody(context), question, datetime.now(UTC))
        except Exception as error:
            await fail(explain(error))
            return
        strategies = strategies_in(result)
        await complete({"strategies": _as_text(result, strategies), "found": len(strategies)})


def strategies_in(result: Result) -> tuple[Strategy, ...]:
    """The strategies of an answer, in its order."""
    match result:
        case Card(strategy):
            return (strategy,)
        case Found():
            return tuple(match.strategy for match in result.matches)
        case ThemePage():
            return result.strategies.items
    return ()


def _as_text(result: Result, strategies: tuple[Strategy, ...]) -> str:
    if strategies:
        return "\n".join(f"{number}. {one.title} ({one.id})" for number, one in enumerate(strategies, 1))
    themes: Sequence[Theme | None] = ()
    if isinstance(result, NothingFound):
        themes = result.themes
    elif isinstance(result, UnknownStrategy):
        themes = [result.theme]
    nearest = ", ".join(theme.title for theme in themes if theme)
    return f"{NOTHING_FITS} The nearest themes: {nearest}." if nearest else NOTHING_FITS


def _nobody(context: AsyncBoltContext) -> Caller:
    """A workflow asks for nobody in particular."""
    workspace_id = str(context.team_id)
    return Caller(workspace_id, Person(workspace_id, ""))
