"""What a person is told when something cannot be done.

A `UserError` is a refusal in plain words: who may do it, what to do instead. Any
other exception is a surprise: the person gets a reference number, and the log has
the same number with the traceback. Either way Slack gets its 200, so it neither
repeats the request nor shows an error of its own.
"""

import json
import logging
import secrets
import traceback
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncApp, AsyncRespond
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import words
from bot.outside.incoming import note_result
from bot.panels import Panel, panel_message, panel_modal
from bot.values import OutdatedError
from storage.store import UnavailableError

log = logging.getLogger(__name__)

UNAVAILABLE = (
    "Common Ground cannot save or read anything at the moment, so what you just did may not have been kept. "
    "What was saved before is safe. Please try again in a minute. If it goes on, tell whoever looks after "
    "Common Ground here."
)
NOT_REACHED = (
    "Slack did not answer Common Ground just now, so this may not have been done in full. "
    "What was saved is safe. Please try again in a minute."
)
TOO_LATE = "expired_trigger_id"
NOT_A_MEMBER = frozenset({"not_in_channel", "channel_not_found"})


class UserError(Exception):
    """A refusal whose message is shown to the person as it stands."""


def notice_panel(text: str, title: str = "Common Ground") -> Panel:
    """A few sentences to one person; `<@U…>` names somebody, the rest is never markup."""
    return Panel(title, [words(text)], text, names_people=True)


UNDO = "undo"
"""In a request's context: what is to be awaited when the request is refused, or fails."""


def explain(error: Exception) -> str:
    """The sentence for the person; a surprise is logged under its reference number."""
    if isinstance(error, UserError):
        note_result("refused")
        return str(error)
    if isinstance(error, UnavailableError):
        note_result("unavailable")
        log.error("%s", error)  # it names the file or the server, and nothing that people wrote
        return UNAVAILABLE
    if isinstance(error, BoltUnhandledRequestError | OutdatedError):
        note_result("outdated")
        return "This comes from an older version of Common Ground and no longer works. Open it anew."
    if words := _of_slack(error):
        return words
    note_result("failed")
    reference = secrets.token_hex(4)
    # The type and the place are enough to find a fault; a message could hold somebody's words.
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("Reference %s: %s\n%s", reference, type(error).__name__, where, extra={"reference": reference})
    return (
        "Something went wrong on our side, and what you saved before is safe. Please try again. "
        f"If it happens once more, tell whoever looks after Common Ground this reference: {reference}"
    )


def _of_slack(error: Exception) -> str | None:
    """What to say when Slack refused something that people can mend, or did not answer at all."""
    if isinstance(error, aiohttp.ClientError | TimeoutError):
        note_result("unavailable")
        log.warning("Slack could not be reached: %s", type(error).__name__)
        return NOT_REACHED
    reason = error.response.get("error") if isinstance(error, SlackApiError) else None
    if reason == TOO_LATE:
        note_result("unavailable")
        return "That took longer than the three seconds Slack gives to open a form. Please press it again."
    if reason in NOT_A_MEMBER:
        note_result("refused")
        return (
            "I cannot write in that channel. Ask somebody in it to type /invite @Common Ground there, "
            "then try again. What you entered is kept."
        )
    return None


def register_errors(app: AsyncApp) -> None:
    """Make every refusal and surprise reach the person who caused it, and nobody else."""
    app.error(answer_error)


async def answer_error(
    error: Exception,
    body: dict[str, Any],
    context: AsyncBoltContext,
    client: AsyncWebClient,
    respond: AsyncRespond,
) -> BoltResponse:
    """Tell the person and give Slack its 200."""
    if undo := context.get(UNDO):
        await undo()
    panel = notice_panel(explain(error))
    kind = body.get("type")
    if kind == "view_submission":
        return _json(_submission_answer(body["view"], panel))
    if kind == "block_suggestion":
        return _json({"options": []})
    if body.get("command"):
        return _json({"response_type": "ephemeral", **panel_message(panel)})
    try:
        await _tell(panel, body, context, client, respond)
    except Exception as failure:  # telling is a courtesy: the first fault is already in the log
        log.warning("Could not tell the person: %s", type(failure).__name__)
    return BoltResponse(status=200, body="")


def _submission_answer(view: dict[str, Any], panel: Panel) -> dict[str, Any]:
    """A notice on top of the form, which keeps what was entered; on a full stack, a word beside a field."""
    inputs = _inputs(view)
    if _is_third(view) and inputs:
        return {"response_action": "errors", "errors": {inputs[-1]: panel.text}}
    return {"response_action": "push", "view": panel_modal(panel)}


def _inputs(view: dict[str, Any]) -> list[str]:
    """The block ids of what can be filled in."""
    return [str(block.get("block_id")) for block in view.get("blocks") or [] if block["type"] == "input"]


def _is_third(view: dict[str, Any]) -> bool:
    """Whether Slack takes no modal on top of this one."""
    return view.get("previous_view_id") not in (None, view.get("root_view_id"))


async def _tell(
    panel: Panel,
    body: dict[str, Any],
    context: AsyncBoltContext,
    client: AsyncWebClient,
    respond: AsyncRespond,
) -> None:
    view = body.get("view")
    if view and view["type"] == "modal" and _is_third(view) and not _inputs(view):
        await client.views_update(view_id=view["id"], view=panel_modal(panel))
    elif view and view["type"] == "modal":
        await client.views_push(trigger_id=body["trigger_id"], view=panel_modal(panel))
    elif view and body.get("trigger_id"):
        await client.views_open(trigger_id=body["trigger_id"], view=panel_modal(panel))
    elif body.get("response_url"):
        await respond(**panel_message(panel), response_type="ephemeral", replace_original=False)
    elif body.get("trigger_id"):
        await client.views_open(trigger_id=body["trigger_id"], view=panel_modal(panel))
    elif context.channel_id and context.user_id:
        await client.chat_postEphemeral(
            channel=context.channel_id, user=context.user_id, **panel_message(panel)
        )


def _json(answer: dict[str, Any]) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(answer), headers={"content-type": ["application/json"]})
