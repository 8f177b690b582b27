"""The file `.env`: read as python-dotenv reads it, and looked over for slips of the pen."""

import io
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from dotenv import dotenv_values, load_dotenv
from dotenv.parser import parse_stream

from bot.settings import NAMES, SECRETS, SettingsError

ENV_FILE = ".env"

# Only at the start of a part of the value, because a real token may hold any letters further on.
_PLACEHOLDER = re.compile(
    r"(?<![a-z0-9])(your|change.?me|replace|example|placeholder|todo|paste|x{4})|<.*>|\.\.\.|…|\*{3}",
    re.IGNORECASE,
)
_PLACEHOLDER_DATABASE = re.compile(r"://(user|username):(password|secret)@|[<>]|change.?me", re.IGNORECASE)
# Variables of the system and of the libraries in use that people keep in the same file.
_OF_OTHERS = re.compile(
    r"(HTTPS?|NO|ALL)_PROXY|(SSL|PG|PYTHON|LC_|LANG|TZ|PATH|UVICORN|PIP_|UV_).*", re.IGNORECASE
)
_LIKENESS = 0.75


@dataclass(frozen=True, slots=True)
class EnvFile:
    """What the file sets, and a sentence for each thing that is wrong with it."""

    values: Mapping[str, str]
    faults: list[str]


def read_env_file(path: Path) -> EnvFile:
    """The file's values and faults; a file that is not there sets nothing."""
    text, fault = _text_of(path)
    if fault:
        return EnvFile({}, [fault])
    # Each of python-dotenv's warnings is one of the faults below.
    logging.getLogger("dotenv.main").addHandler(logging.NullHandler())
    values = dotenv_values(stream=io.StringIO(text))
    return EnvFile({name: value for name, value in values.items() if value is not None}, list(_faults(text)))


def load_env_file(path: Path) -> None:
    """Set what the file says in the environment, where it is not set yet.

    :raises SettingsError: the file cannot be read
    """
    text, fault = _text_of(path)
    if fault:
        raise SettingsError([fault])
    load_dotenv(stream=io.StringIO(text))


def placeholders(environment: Mapping[str, str]) -> list[str]:
    """A sentence for each value that somebody copied and did not fill in; the value is not shown."""
    found = [name for name in SECRETS if _PLACEHOLDER.search(environment.get(name, ""))]
    if _PLACEHOLDER_DATABASE.search(environment.get("DATABASE_URL", "")):
        found.append("DATABASE_URL")
    return [f"{name} still holds a placeholder. Put your own value there." for name in found]


def misspelt(names: Iterable[str]) -> list[str]:
    """A sentence for each name of the environment that was meant to be one of ours."""
    return [
        f"{name} is not a setting. Did you mean {meant}?"
        for name in sorted(names)
        if name.upper().startswith("SLACK_") and (meant := _meant(name))
    ]


def _text_of(path: Path) -> tuple[str, str]:
    """The file's text, or what keeps it from being read."""
    try:
        return path.read_bytes().decode("utf-8-sig"), ""
    except FileNotFoundError:
        return "", ""
    except OSError as error:
        return "", f"{path.name} cannot be read: {error.strerror}."
    except UnicodeDecodeError:
        return "", f"{path.name} is not UTF-8 text. Save it again as plain text in UTF-8."


def _faults(text: str) -> Iterator[str]:
    lines: dict[str, int] = {}
    for binding in parse_stream(io.StringIO(text)):
        # python-dotenv counts the blank lines before an entry as part of it.
        line = binding.original.line + _blank_lines(binding.original.string)
        name = binding.key
        if binding.error:
            yield f"line {line} cannot be read. Write NAME=value, with quotes closed."
        elif name is None:
            continue
        elif name in lines:
            yield f"line {line}: {name} is there twice; line {lines[name]} sets it already."
        elif name not in NAMES:
            if fault := _unknown(name):
                yield f"line {line}: {fault}"
        elif binding.value is None:
            yield f"line {line}: {name} has no value. Write {name}=value, or take the line out."
        if name is not None:
            lines.setdefault(name, line)


def _blank_lines(entry: str) -> int:
    return entry[: len(entry) - len(entry.lstrip())].count("\n")


def _unknown(name: str) -> str:
    meant = _meant(name)
    if meant:
        return f"{name} is not a setting. Did you mean {meant}?"
    if _OF_OTHERS.fullmatch(name):
        return ""
    return f"{name} is not a setting of Common Ground; .env.example names them all."


def _meant(name: str) -> str:
    """The setting that a name which is none comes near to, or ""."""
    if name in NAMES:
        return ""
    found = get_close_matches(name.upper(), NAMES, n=1, cutoff=_LIKENESS)
    return found[0] if found else ""
