"""JSON too large to be held at once: the members of an object and the elements of a list come one by one."""

import json
from collections.abc import Iterator
from typing import Any, TextIO

CHUNK = 1 << 16
LONGEST_VALUE = 1 << 26
"""Characters of one value, beyond which the file is taken for something else."""
NEAR_THE_END = 16
"""Within so many characters of what has been read, a fault may be a word or number that is cut in two."""
_SPACE = " \t\n\r"
_DECODER = json.JSONDecoder()


class JsonError(ValueError):
    """Not JSON, or not the JSON that was expected; the message says where."""


class JsonText:
    """A reader of one JSON text; no more than the value that is being read is in memory."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._text = ""
        self._at = 0
        self._line, self._column = 1, 1
        self._ended = False

    def members(self) -> Iterator[str]:
        """The names of an object's members; read each with `value` or `elements` before the next.

        :raises JsonError: it is no object, or something follows it
        """
        self._take("{")
        closing = self._peek() == "}"
        if closing:
            self._take("}")
        while not closing:
            name = self.value()
            if not isinstance(name, str):
                raise self._fault("the name of a member was expected", self._at)
            self._take(":")
            yield name
            closing = self._take(",}") == "}"
        if self._peek():
            raise self._fault("nothing was expected after the end", self._at)

    def elements(self) -> Iterator[Any]:
        """The elements of a list; :raises JsonError: it is none."""
        self._take("[")
        closing = self._peek() == "]"
        if closing:
            self._take("]")
        while not closing:
            yield self.value()
            closing = self._take(",]") == "]"

    def is_list(self) -> bool:
        """Whether the next value is a list."""
        return self._peek() == "["

    def value(self) -> Any:
        """The next value, whole; :raises JsonError: there is none."""
        self._peek()
        while True:
            try:
                found, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if self._ended or not self._may_go_on(error):
                    raise self._fault(error.msg, error.pos) from None
            except RecursionError:
                raise self._fault("it is nested too deeply", self._at) from None
            except ValueError:
                raise self._fault("a number is too long", self._at) from None
            else:
                # At the very end of what has been read, more digits may follow.
                if self._ended or end < len(self._text):
                    self._at = end
                    return found
            self._read()

    def _take(self, expected: str) -> str:
        found = self._peek()
        if not found or found not in expected:
            raise self._fault(f"{' or '.join(expected)} was expected", self._at)
        self._at += 1
        return found

    def _peek(self) -> str:
        """The next character that is no space; "" at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _SPACE:
                self._at += 1
            if self._at < len(self._text) or self._ended:
                return self._text[self._at : self._at + 1]
            self._read()

    def _read(self) -> None:
        """Read on, as much again as is waiting, so that a long value is not looked at too often."""
        done, waiting = self._text[: self._at], self._text[self._at :]
        if len(waiting) > LONGEST_VALUE:
            raise self._fault(f"something is longer than {LONGEST_VALUE:,} characters", self._at)
        self._line, self._column = self._place(done)
        more = self._stream.read(max(CHUNK, len(waiting)))
        self._ended = not more
        self._text, self._at = waiting + more, 0

    def _may_go_on(self, error: json.JSONDecodeError) -> bool:
        return error.pos > len(self._text) - NEAR_THE_END or error.msg.startswith("Unterminated string")

    def _fault(self, reason: str, at: int) -> JsonError:
        line, column = self._place(self._text[:at])
        return JsonError(f"line {line}, column {column}: not JSON ({reason})")

    def _place(self, before: str) -> tuple[int, int]:
        """The line and column behind this text, which stands at the beginning of what is in memory."""
        lines = before.count("\n")
        if lines:
            return self._line + lines, len(before) - before.rfind("\n")
        return self._line, self._column + len(before)
