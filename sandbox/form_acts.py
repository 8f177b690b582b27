"""What people do with the elements of messages, modals and Home tabs."""

from sandbox.answers import CONNECTION_TROUBLE, answer_submission, show_trouble
from sandbox.conversations import offered_conversations
from sandbox.delivery import Delivery, NotAcknowledgedError
from sandbox.form import (
    TEXT_INPUTS,
    ChoiceNotOfferedError,
    Field,
    OptionFinder,
    Value,
    as_list,
    chosen_state,
    find_field,
    option_in,
)
from sandbox.form_check import client_errors
from sandbox.limits.elements import offered_options
from sandbox.limits.faults import Faults
from sandbox.limits.objects import MOST_OPTIONS, check_option_groups, check_options
from sandbox.payloads import block_actions_payload, closed_payload, submission_payload, suggestion_payload
from sandbox.shapes import file_json
from sandbox.state import Json, Place, View
from sandbox.surface import Surface, surface_at
from sandbox.views import close_all, close_top
from sandbox.web_api.files import new_file, receive
from sandbox.workspace import Workspace

GONE = "This is no longer here. It may have been changed or removed."
FORM_GONE = "This form is no longer open."
DEFAULT_QUERY_LENGTH = 3


class FormActs:
    """Pressing, choosing, filling in, submitting and closing."""

    def __init__(self, workspace: Workspace, delivery: Delivery) -> None:
        self.workspace = workspace
        self.delivery = delivery
        self._suggested: dict[tuple[str, str, str], list[Json]] = {}

    async def press(
        self, user_id: str, place: Place, block_id: str, action_id: str, value: Value = None
    ) -> str | None:
        """Use an element that tells the app at once.

        `value` is None for a button, an option's value for selects, radio buttons and overflow menus, a list
        of them for checkboxes and multi-selects, an id or ids for people and channels, `YYYY-MM-DD`, `HH:MM`
        or Unix seconds for dates, the text for an input that dispatches. None or an empty list clears what
        can be cleared.
        """
        surface, field = self._find(user_id, place, block_id, action_id)
        if surface is None or field is None:
            return GONE
        try:
            chosen = self._choose(surface, field, value)
        except ChoiceNotOfferedError:
            return GONE
        try:
            await self.delivery.ask("interactive", block_actions_payload(surface, field, chosen))
        except NotAcknowledgedError:
            surface.trouble(CONNECTION_TROUBLE)
            return CONNECTION_TROUBLE
        surface.trouble(None)
        return None

    async def set_input(
        self, user_id: str, place: Place, block_id: str, action_id: str, value: Value
    ) -> str | None:
        """Fill in an input; the app hears of it only when the input block dispatches. Values as for `press`.

        Of a text input only `on_character_entered` dispatches here; call `press` when Enter is pressed in one
        with `on_enter_pressed`. A file input takes the ids that `upload` gave.
        """
        surface, field = self._find(user_id, place, block_id, action_id)
        if surface is None or field is None:
            return GONE
        if not field.is_input or _dispatches(field):
            return await self.press(user_id, place, block_id, action_id, value)
        try:
            self._choose(surface, field, value)
        except ChoiceNotOfferedError:
            return GONE
        return None

    def _find(
        self, user_id: str, place: Place, block_id: str, action_id: str
    ) -> tuple[Surface | None, Field | None]:
        surface = surface_at(self.workspace, user_id, place)
        field = find_field(surface.blocks, block_id, action_id) if surface is not None else None
        return surface, field

    def _choose(self, surface: Surface, field: Field, value: Value) -> Json:
        """Keep the choice and return the state after it, as an action carries it too."""
        if field.kind == "overflow":
            option = next((o for o in offered_options(field.element) if o["value"] == value), None)
            if option is None:
                raise ChoiceNotOfferedError(value)
            return {"selected_option": option}
        if not field.has_state:
            return {}
        if field.kind == "file_input":
            files = [self.workspace.files[file_id] for file_id in value] if isinstance(value, list) else []
            state: Json = {"type": field.kind, "files": [file_json(self.workspace, file) for file in files]}
        else:
            self._check_conversations(surface, field, value)
            state = chosen_state(field.element, value, self._option_finder(surface, field))
        surface.keep(field.block_id, field.action_id, state)
        return state

    def _check_conversations(self, surface: Surface, field: Field, value: Value) -> None:
        if not field.kind.endswith(("conversations_select", "channels_select")):
            return
        offered = offered_conversations(self.workspace, surface.user_id, field.element)
        if unknown := set(as_list(value)) - {channel.id for channel in offered}:
            raise ChoiceNotOfferedError(*unknown)

    def _option_finder(self, surface: Surface, field: Field) -> OptionFinder:
        if not field.kind.endswith("external_select"):
            return option_in(field.element)
        held = surface.values[field.block_id][field.action_id]
        offered = [
            *self._suggested.get((surface.user_id, field.block_id, field.action_id), []),
            *(held.get("selected_options") or []),
            *([held["selected_option"]] if held.get("selected_option") else []),
        ]
        return lambda value: next((option for option in offered if option["value"] == value), None)

    async def suggest(self, user_id: str, place: Place, block_id: str, action_id: str, text: str) -> Json:
        """Type `text` into an external select: `{"options": [...]}` or `{"option_groups": [...]}` as the app
        answered.

        `{"options": []}` below the element's `min_query_length`, or when the app did not answer.
        """
        surface, field = self._find(user_id, place, block_id, action_id)
        if surface is None or field is None:
            return {"options": []}
        if len(text) < field.element.get("min_query_length", DEFAULT_QUERY_LENGTH):
            return {"options": []}
        try:
            answer = await self.delivery.ask("interactive", suggestion_payload(surface, field, text))
        except NotAcknowledgedError:
            return {"options": []}
        if not _is_sound(answer):
            return {"options": []}
        known = self._suggested.setdefault((user_id, block_id, action_id), [])
        known.extend(offered_options(answer))
        del known[: -10 * MOST_OPTIONS]
        name = "options" if answer.get("options") is not None else "option_groups"
        return {name: answer[name]}

    async def submit(self, user_id: str, view_id: str) -> dict[str, str]:
        """Press the modal's submit button and return the errors by block id, empty when it was accepted.

        Under the empty key stands what is said of the whole form. The same is in `View.errors` and
        `View.trouble`.
        """
        view = self._top(user_id, view_id)
        if view is None:
            return {"": FORM_GONE}
        seat = self.workspace.seat(view.team_id)
        errors = client_errors(view.blocks, view.values)
        if errors:
            view.errors = errors
            self.workspace.view_changed(view)
            return errors
        try:
            answer = await self.delivery.ask("interactive", submission_payload(seat, view))
        except NotAcknowledgedError:
            return show_trouble(seat, view)
        return answer_submission(seat, view, answer)

    async def close(self, user_id: str, view_id: str, all: bool = False) -> None:
        """Cancel a modal, or with `all` close the whole stack as its X does."""
        view = self._top(user_id, view_id)
        if view is None:
            return
        is_cleared = all or bool(view.content.get("clear_on_close"))
        closed = self.workspace.modals[user_id][0] if is_cleared else view
        if is_cleared:
            close_all(self.workspace, view)
        else:
            close_top(self.workspace, view)
        if not closed.content.get("notify_on_close"):
            return
        try:
            seat = self.workspace.seat(closed.team_id)
            await self.delivery.ask("interactive", closed_payload(seat, closed, is_cleared))
        except NotAcknowledgedError:
            return

    def _top(self, user_id: str, view_id: str) -> View | None:
        view = self.workspace.open_modal(user_id)
        return view if view is not None and view.id == view_id else None

    async def upload(self, user_id: str, name: str, content: bytes) -> str:
        """Take a file from the person's device for a file input and return its id."""
        file = new_file(self.workspace, name, len(content), user_id)
        receive(self.workspace, file, content)
        return file.id


def _dispatches(field: Field) -> bool:
    """Whether filling in this input tells the app; a text input may say to wait for Enter."""
    if not field.block.get("dispatch_action"):
        return False
    if field.kind not in TEXT_INPUTS:
        return True
    config = field.element.get("dispatch_action_config") or {}
    return "on_character_entered" in (config.get("trigger_actions_on") or [])


def _is_sound(answer: Json) -> bool:
    """Whether Slack would show these suggestions."""
    faults = Faults()
    if answer.get("options") is not None:
        check_options(faults, "/options", answer["options"], MOST_OPTIONS, at_least=0)
    elif answer.get("option_groups") is not None:
        check_option_groups(faults, "/option_groups", answer["option_groups"])
    else:
        return False
    return not faults
