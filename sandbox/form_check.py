"""What a Slack client says beside a field instead of sending the form."""

import re
from decimal import Decimal, InvalidOperation
from urllib.parse import urlsplit

from sandbox.form import LONGEST_INPUT, STATE, TEXT_INPUTS, Field, fields
from sandbox.state import Json, Values

REQUIRED = "Please complete this required field."


def client_errors(blocks: list[Json], values: Values) -> dict[str, str]:
    """The errors of a filled-in modal by block id, empty when a client would send it."""
    errors = {}
    for field in fields(blocks):
        if field.is_input and field.has_state and (words := _error(field, values)):
            errors[field.block_id] = words
    return errors


def _error(field: Field, values: Values) -> str | None:
    key, _, is_list = STATE[field.kind]
    held = values[field.block_id][field.action_id][key]
    if held in (None, "", []):
        return None if field.block.get("optional") else REQUIRED
    if is_list:
        most = field.element.get("max_selected_items") or field.element.get("max_files")
        return f"Please choose no more than {most}." if most and len(held) > most else None
    if field.kind in TEXT_INPUTS:
        return _length_error(field.element, held) or _format_error(field.element, held)
    return None


def _length_error(element: Json, text: str) -> str | None:
    most = element.get("max_length") or LONGEST_INPUT
    least = element.get("min_length") or 0
    if len(text) > most:
        return f"Please use no more than {most} characters."
    if len(text) < least:
        return f"Please use at least {least} characters."
    return None


def _format_error(element: Json, text: str) -> str | None:
    match element["type"]:
        case "email_text_input" if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text):
            return "Please enter a valid email address."
        case "url_text_input" if not (urlsplit(text).scheme and urlsplit(text).netloc):
            return "Please enter a valid URL."
        case "number_input":
            return _number_error(element, text)
    return None


def _number_error(element: Json, text: str) -> str | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return "Please enter a number."
    if not number.is_finite():
        return "Please enter a number."
    if not element["is_decimal_allowed"] and number != number.to_integral_value():
        return "Please enter a whole number."
    if element.get("min_value") and number < Decimal(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if element.get("max_value") and number > Decimal(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return None
