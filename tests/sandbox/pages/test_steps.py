"""Workflow steps in the browser: found under the app, run with inputs, their outputs shown."""

from typing import Any

import pytest
from playwright.async_api import expect
from slack_sdk.web.async_client import AsyncWebClient

from tests.browser import NARROW, PageAs
from tests.sandbox.conftest import DEV, ORLA, SHARED, ZOFIA
from tests.sandbox.tiny_bot import TinyBot

pytestmark = pytest.mark.browser


def completes(bot: TinyBot, outputs: dict[str, Any]) -> None:
    async def complete(body: Any, client: AsyncWebClient, **_: Any) -> None:
        execution_id = body["event"]["function_execution_id"]
        await client.functions_completeSuccess(function_execution_id=execution_id, outputs=outputs)

    bot.reactions["step"] = complete


async def test_a_step_is_run_with_its_inputs_and_shows_its_outputs(bot: TinyBot, page_as: PageAs) -> None:
    completes(bot, {"answer": "Agree <b>roles</b>\nand aims", "ids": ["roles-1", "aims-2"]})
    orla = await page_as(ORLA, SHARED)
    await orla.press("Workflow step: Look up")
    await orla.sees_modal("Workflow step: Look up")
    await orla.sees("Finds what a question is about")
    await expect(orla.page.get_by_label("Question")).to_have_accessible_description("In your own words")
    await orla.fill("Question", "who does what?")
    await orla.choose("Who asks", "Dev Singha")
    await orla.fill("At most", "3")
    await orla.page.get_by_label("Quietly").check()
    await orla.press("Run step")
    answer = orla.dialog.get_by_role("region", name="Answer")
    await expect(answer.get_by_role("paragraph")).to_have_text("Agree <b>roles</b>\nand aims")
    await expect(orla.dialog.get_by_role("listitem")).to_have_text(["roles-1", "aims-2"])
    assert bot.last("step")["event"]["inputs"] == {
        "question": "who does what?",
        "who": DEV,
        "most": 3,
        "is_quiet": True,
    }
    await orla.press("Close")
    await orla.sees_no_modal()


async def test_a_step_is_run_by_keyboard_and_again_with_other_inputs(bot: TinyBot, page_as: PageAs) -> None:
    completes(bot, {"answer": "First"})
    orla = await page_as(ORLA, SHARED)
    opener = orla.page.get_by_role("button", name="Workflow step: Look up")
    await opener.press("Enter")
    await orla.sees_modal("Workflow step: Look up")
    question = orla.page.get_by_label("Question")
    await question.press("Enter")
    await expect(orla.dialog.get_by_role("alert")).to_have_text("“Question” is missing.")
    assert bot.seen["step"] == []
    await question.press_sequentially("trust")
    await question.press("Enter")
    await orla.sees("First", within=orla.dialog)
    await expect(orla.dialog.get_by_role("alert")).to_have_count(0)
    completes(bot, {"answer": "Second"})
    await question.fill("aims")
    await question.press("Enter")
    await orla.sees("Second", within=orla.dialog)
    await orla.sees_no("First", within=orla.dialog)
    assert [body["event"]["inputs"] for body in bot.seen["step"]] == [
        {"question": "trust"},
        {"question": "aims"},
    ]
    await orla.page.keyboard.press("Escape")
    await orla.sees_no_modal()
    await expect(opener).to_be_focused()


async def test_a_step_that_fails_says_why(bot: TinyBot, page_as: PageAs) -> None:
    async def fail(body: Any, client: AsyncWebClient, **_: Any) -> None:
        execution_id = body["event"]["function_execution_id"]
        await client.functions_completeError(function_execution_id=execution_id, error="Ask in other words.")

    bot.reactions["step"] = fail
    orla = await page_as(ORLA, SHARED, size=NARROW)
    await orla.press("Menu")
    await orla.press("Workflow step: Look up")
    await orla.fill("Question", "trust")
    await orla.press("Run step")
    await expect(orla.dialog.get_by_role("alert")).to_have_text("Ask in other words.")
    await orla.fill("At most", "three")
    await orla.press("Run step")
    await expect(orla.dialog.get_by_role("alert")).to_have_text("“At most” is not of type integer.")


async def test_steps_are_not_there_for_people_from_elsewhere(bot: TinyBot, page_as: PageAs) -> None:
    zofia = await page_as(ZOFIA, SHARED)
    await zofia.sees("Tiny Home")
    await zofia.sees_no("Workflow step")
