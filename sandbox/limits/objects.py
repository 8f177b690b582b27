"""Limits of Block Kit's composition objects: texts, options and confirmations."""

from collections.abc import Collection
from typing import Any

from sandbox.limits.faults import Faults

PLAIN = ("plain_text",)
ANY_TEXT = ("plain_text", "mrkdwn")

OPTION_TEXT = 75
OPTION_DESCRIPTION = 75
OPTION_VALUE = 150
OVERFLOW_URL = 3000
GROUP_LABEL = 75
MOST_OPTIONS = 100
MOST_GROUPS = 100
PLACEHOLDER = 150


def check_text(faults: Faults, path: str, value: object, at_most: int, kinds: Collection[str]) -> None:
    """Judge a text object of one of these kinds with 1 to `at_most` characters."""
    if not isinstance(value, dict):
        faults.add(path, "must provide an object")
        return
    if value.get("type") not in kinds:
        faults.add(f"{path}/type", "must be one of " + ", ".join(kinds))
    faults.known(path, value, ("type", "text", "emoji", "verbatim"))
    faults.string(path, value, "text", at_most, is_required=True)


def check_optional_text(
    faults: Faults, path: str, holder: dict[str, Any], name: str, at_most: int, kinds: Collection[str] = PLAIN
) -> None:
    if holder.get(name) is not None:
        check_text(faults, f"{path}/{name}", holder[name], at_most, kinds)


def check_required_text(
    faults: Faults, path: str, holder: dict[str, Any], name: str, at_most: int, kinds: Collection[str] = PLAIN
) -> None:
    if holder.get(name) is None:
        faults.add(path, f"missing required field: {name}")
    else:
        check_text(faults, f"{path}/{name}", holder[name], at_most, kinds)


def check_option(faults: Faults, path: str, option: object, kinds: Collection[str], takes_url: bool) -> None:
    if not isinstance(option, dict):
        faults.add(path, "must provide an object")
        return
    faults.known(path, option, ("text", "value", "description", *(("url",) if takes_url else ())))
    check_required_text(faults, path, option, "text", OPTION_TEXT, kinds)
    check_optional_text(faults, path, option, "description", OPTION_DESCRIPTION, kinds)
    faults.string(path, option, "value", OPTION_VALUE, is_required=True)
    faults.string(path, option, "url", OVERFLOW_URL)


def check_options(
    faults: Faults,
    path: str,
    options: object,
    at_most: int,
    kinds: Collection[str] = PLAIN,
    takes_url: bool = False,
    at_least: int = 1,
) -> None:
    """Judge a list of options; two with the same value cannot be told apart."""
    if not faults.is_list(path, options, at_most, at_least) or not isinstance(options, list):
        return
    for index, option in enumerate(options):
        check_option(faults, f"{path}/{index}", option, kinds, takes_url)
    values = [option.get("value") for option in options if isinstance(option, dict)]
    if len(values) != len(set(values)):
        faults.add(path, "option values must be unique")


def check_option_groups(faults: Faults, path: str, groups: object) -> None:
    if not faults.is_list(path, groups, MOST_GROUPS) or not isinstance(groups, list):
        return
    for index, group in enumerate(groups):
        here = f"{path}/{index}"
        if faults.is_object(here, group):
            faults.known(here, group, ("label", "options"))
            check_required_text(faults, here, group, "label", GROUP_LABEL)
            check_options(faults, f"{here}/options", group.get("options"), MOST_OPTIONS)


def check_confirm(faults: Faults, path: str, element: dict[str, Any]) -> None:
    confirm = element.get("confirm")
    if confirm is None or not faults.is_object(f"{path}/confirm", confirm):
        return
    here = f"{path}/confirm"
    faults.known(here, confirm, ("title", "text", "confirm", "deny", "style"))
    check_required_text(faults, here, confirm, "title", 100)
    check_required_text(faults, here, confirm, "text", 300, ANY_TEXT)
    check_required_text(faults, here, confirm, "confirm", 30)
    check_required_text(faults, here, confirm, "deny", 30)
    faults.choice(f"{here}/style", confirm.get("style"), ("primary", "danger"))
