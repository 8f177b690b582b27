"""The faults found in one payload, in Slack's wording with a JSON pointer to the place."""

from collections.abc import Collection
from typing import Any


class Faults(list[str]):
    """Faults as `must be less than 76 characters [json-pointer:/blocks/0/text/text]`."""

    def add(self, path: str, words: str) -> None:
        self.append(f"{words} [json-pointer:{path}]")

    def is_object(self, path: str, value: object) -> bool:
        if isinstance(value, dict):
            return True
        self.add(path, "must provide an object")
        return False

    def is_list(self, path: str, value: object, at_most: int, at_least: int = 1) -> bool:
        """Whether `value` is a list whose entries are worth looking at; its length is judged here."""
        if not isinstance(value, list):
            self.add(path, "must provide an array")
            return False
        if len(value) > at_most:
            self.add(path, f"no more than {at_most} items allowed")
        if len(value) < at_least:
            self.add(path, f"no fewer than {at_least} items allowed" if at_least > 1 else "must not be empty")
        return True

    def string(
        self, path: str, holder: dict[str, Any], name: str, at_most: int, is_required: bool = False
    ) -> None:
        """Judge a string property, at least one character long where it is present."""
        value = holder.get(name)
        if value is None:
            if is_required:
                self.add(path, f"missing required field: {name}")
        elif not isinstance(value, str):
            self.add(f"{path}/{name}", "must be a string")
        elif len(value) > at_most:
            self.add(f"{path}/{name}", f"must be less than {at_most + 1} characters")
        elif not value:
            self.add(f"{path}/{name}", "must be more than 0 characters")

    def choice(self, path: str, value: object, allowed: Collection[object]) -> None:
        if value is not None and value not in allowed:
            self.add(path, "must be one of " + ", ".join(str(choice) for choice in allowed))

    def integer(self, path: str, value: object, at_least: int, at_most: int) -> None:
        if value is None:
            return
        if isinstance(value, bool) or not isinstance(value, int):
            self.add(path, "must be an integer")
        elif not at_least <= value <= at_most:
            self.add(path, f"must be between {at_least} and {at_most}")

    def known(self, path: str, holder: dict[str, Any], names: Collection[str]) -> None:
        """Slack refuses properties that it does not know."""
        for name in holder:
            if name not in names:
                self.add(path, f"invalid additional property: {name}")
