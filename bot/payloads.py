"""The shape of what Slack sends, asked for before any of it is used.

Whoever holds the signing secret could send anything, and Slack itself may send what we have never seen. So
what is read anywhere is checked here, once, with its type; what Slack adds beside it does not matter.
"""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from bot.shapes import Check, Each, Shape, compiled
from bot.values import OutdatedError


class MalformedError(ValueError):
    """Slack cannot have sent this."""


_ADDRESS: Final = re.compile(r"https?://[\w.:-]+(/[!-~]*)?")
_MOMENT: Final = re.compile(r"\d{1,11}\.\d{1,9}")
_LONG: Final = re.compile(r".{0,3000}", re.DOTALL)
_ID: Final = re.compile(r"[!-~]{1,255}")
_SECONDS: Final = range(2**33)
_OPTION: Final[Shape] = {"value": str}
_FILE: Final[Shape] = {"id": str, "name?": str, "title?": str, "permalink?": str, "size?": int}
_ENTERED: Final[dict[str, Shape]] = {
    "type": str,
    "value?": _LONG,
    "files?": [_FILE],
    "selected_channel?": str,
    "selected_channels?": [str],
    "selected_conversation?": str,
    "selected_conversations?": [str],
    "selected_date?": str,
    "selected_date_time?": _SECONDS,
    "selected_option?": _OPTION,
    "selected_options?": [_OPTION],
    "selected_user?": str,
    "selected_users?": [str],
}
_BLOCK: Final[Shape] = {"type": str, "block_id?": str}
_INPUTS: Final[Shape] = Each(Each(_ENTERED))
_VIEW: Final[dict[str, Shape]] = {
    "id": _ID,
    "type": str,
    "app_installed_team_id?": str,
    "blocks?": [_BLOCK],
    "callback_id?": str,
    "previous_view_id?": str,
    "private_metadata": _LONG,
    "root_view_id?": str,
    "state?": {"values?": _INPUTS},
    "team_id?": str,
}
_CONTAINER: Final[Shape] = {
    "channel_id?": str,
    "is_ephemeral?": bool,
    "message_ts?": str,
    "thread_ts?": str,
    "type?": str,
    "view_id?": str,
}
_MESSAGE: Final[dict[str, Shape]] = {
    "blocks?": [_BLOCK],
    "bot_id?": str,
    "team?": str,
    "text?": str,
    "thread_ts?": _MOMENT,
    "ts?": str,
    "user?": str,
    "username?": str,
}
_EVENT: Final[dict[str, Shape]] = {
    "type": str,
    "bot_access_token?": str,
    "bot_id?": str,
    "channel?": str,
    "channel_type?": str,
    "enterprise_id?": str,
    "function?": {"callback_id?": str},
    "function_execution_id?": str,
    "inputs?": dict,
    "message?": _MESSAGE,
    "previous_message?": _MESSAGE,
    "subtype?": str,
    "tab?": str,
    "team?": str,
    "team_id?": str,
    "text?": str,
    "thread_ts?": str,
    "tokens?": {"bot?": list},
    "ts?": str,
    "user?": str,
    "user_id?": str,
    "user_team?": str,
}
_ANY: Final[dict[str, Shape]] = {
    "authorizations?": [{"team_id?": str, "enterprise_id?": str, "user_id?": str}],
    "channel?": {"id": str},
    "channel_id?": str,
    "command?": str,
    "container?": _CONTAINER,
    "context_enterprise_id?": str,
    "context_team_id?": str,
    "enterprise?": {"id": str},
    "enterprise_id?": str,
    "event?": _EVENT,
    "event_id?": str,
    "event_time?": _SECONDS,
    "function_data?": {"execution_id?": str, "inputs?": dict},
    "message?": _MESSAGE,
    "response_url?": _ADDRESS,
    "response_urls?": [{"response_url": _ADDRESS}],
    "team?": {"id": str, "enterprise_id?": str},
    "team_id?": str,
    "text?": str,
    "trigger_id?": str,
    "type?": str,
    "user?": {"id": str, "team_id?": str},
    "user_id?": str,
    "value?": str,
    "view?": _VIEW,
}
"""What may be read of a payload of any kind."""

_PERSON: Final[Shape] = {"id": str, "team_id?": str}


def _kind(**needed: Shape) -> dict[str, Shape]:
    """What may be read of any payload, and what one of this kind has without fail."""
    return {**{name: shape for name, shape in _ANY.items() if name.rstrip("?") not in needed}, **needed}


_OF_COMMANDS: Final = compiled(
    _kind(command=str, channel_id=_ID, trigger_id=str, user_id=str),
)
_OF_KINDS: Final = {
    "block_actions": compiled(
        _kind(
            actions=[{**_ENTERED, "action_id": str, "block_id?": str}],
            trigger_id=str,
            user=_PERSON,
            container=_CONTAINER,
        )
    ),
    "block_suggestion": compiled(_kind(action_id=str, user=_PERSON, view=_VIEW)),
    "message_action": compiled(
        _kind(
            callback_id=str,
            channel={"id": _ID},
            message={**_MESSAGE, "ts": _MOMENT},
            trigger_id=str,
            user=_PERSON,
        )
    ),
    "shortcut": compiled(_kind(callback_id=str, trigger_id=str, user=_PERSON)),
    "url_verification": compiled(_kind(challenge=str)),
    "view_closed": compiled(_kind(user=_PERSON, view={**_VIEW, "callback_id": str})),
    "view_submission": compiled(
        _kind(
            user=_PERSON,
            view={**_VIEW, "callback_id": str, "state": {"values": _INPUTS}},
        )
    ),
}
_OF_OTHERS: Final = compiled(_ANY)


def _of_event(**needed: Shape) -> Check:
    event = {**{name: shape for name, shape in _EVENT.items() if name.rstrip("?") not in needed}, **needed}
    return compiled(_kind(event=event, event_id=str))


_OF_EVENTS: Final = {
    "app_home_opened": _of_event(user=str),
    "app_mention": _of_event(channel=str, ts=str),
    "app_uninstalled": compiled(_kind(event=_EVENT, event_id=str, event_time=_SECONDS)),
    "channel_id_changed": _of_event(old_channel_id=str, new_channel_id=str),
    "channel_unshared": _of_event(channel=str, previously_connected_team_id=str),
    "function_executed": _of_event(function={"callback_id": str}, function_execution_id=_ID, inputs=dict),
    "member_joined_channel": _of_event(channel=str, user=str),
    "member_left_channel": _of_event(channel=str, user=str),
    "message": _of_event(channel=str, ts=str),
    "team_access_granted": _of_event(team_ids=[str]),
    "team_access_revoked": _of_event(team_ids=[str]),
    "tokens_revoked": compiled(
        _kind(event={**_EVENT, "tokens": {"bot?": list}}, event_id=str, event_time=_SECONDS)
    ),
    **{
        f"{kind}_{what}": _of_event(channel=str)
        for kind in ("channel", "group")
        for what in ("archive", "left", "unarchive")
    },
}
_OF_OTHER_EVENTS: Final = _of_event()


def _check_of(body: Mapping[str, Any]) -> Check:
    match body:
        case {"type": "event_callback", "event": {"type": str(kind)}}:
            return _OF_EVENTS.get(kind, _OF_OTHER_EVENTS)
        case {"type": "event_callback"}:
            return _OF_OTHER_EVENTS
        case {"type": str(kind)}:
            return _OF_KINDS.get(kind, _OF_OTHERS)
        case {"command": _}:
            return _OF_COMMANDS
    return _OF_OTHERS


class Received(dict[str, Any]):
    """A payload of a good shape, or one of its objects, without what is null in it.

    What comes from elsewhere than its button or form stands may lack something that is read of it.
    """

    def __init__(self, found: Mapping[str, Any]) -> None:
        super().__init__((name, value) for name, value in found.items() if value is not None)

    def __missing__(self, name: str) -> Any:
        raise OutdatedError(f"{name} was expected")


def read_payload(body: Mapping[str, Any]) -> Received:
    """The payload; :raises MalformedError: something that is read of it is missing or of another type."""
    if not _check_of(body)(body):
        raise MalformedError("a field is missing or of the wrong type")
    if body.get("actions") == [] or body.get("response_urls", []) is None:
        raise MalformedError("a list is missing")
    received = Received(body)
    for name in ("view", "container", "message"):
        if name in received:
            received[name] = Received(received[name])
    return received


def whole_text(body: dict[str, Any]) -> dict[str, Any]:
    """The same, each half of a surrogate pair replaced: nothing can be sent on that holds one."""
    text = json.dumps(body, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return dict(json.loads(text.encode(errors="replace")))
    return body
