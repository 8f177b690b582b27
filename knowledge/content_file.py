"""Read one content file: bytes to checked data, and every fault of it in plain words."""

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml
from jsonschema import Draft202012Validator, ValidationError

Data = dict[str, Any]

_TYPES = {
    "string": "text",
    "array": "a list",
    "object": "a group of entries",
    "boolean": "true or false",
    "integer": "a whole number",
}
_BOUNDS = {"minimum": "least", "minItems": "least", "maximum": "most", "maxItems": "most"}
_NOT_BLANK = "\\S"


class _UniqueKeyLoader(yaml.CSafeLoader):
    """YAML lets the last of two equal keys win in silence; here the second one is a fault."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f'the entry "{key.value}" is there twice', key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def read_content_file(file: Traversable, schema: str, faults: list[str]) -> Data:
    """The file's data, checked against `schema`. Each fault goes to `faults` and starts with the file's name.

    Data with faults is still returned as far as it can be read, so that later checks can find more.
    """
    data = _parse(file, faults)
    if data is None:
        return {}
    found = sorted(_validator(schema).iter_errors(data), key=lambda error: str(error.absolute_path))
    faults.extend(dict.fromkeys(_describe(file.name, data, error) for error in found))
    return data if isinstance(data, dict) else {}


def _parse(file: Traversable, faults: list[str]) -> Any:
    try:
        raw = file.read_bytes()
        data = yaml.load(raw.decode("utf-8-sig"), _UniqueKeyLoader)
    except FileNotFoundError:
        faults.append(f"{file.name}: the file is missing")
    except OSError as error:
        faults.append(f"{file.name}: the file cannot be read: {error.strerror}")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        faults.append(f"{file.name}: line {line}: the file is not UTF-8 text")
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        faults.append(f"{file.name}: line {line}: not valid YAML: {error.problem}")
    except yaml.YAMLError as error:
        faults.append(f"{file.name}: not valid YAML: {str(error).splitlines()[0]}")
    else:
        if data is None:
            faults.append(f"{file.name}: the file is empty")
        return data
    return None


@cache
def _validator(schema: str) -> Draft202012Validator:
    text = (files(__package__) / "schema" / f"{schema}.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))


def _describe(file_name: str, data: Any, error: ValidationError) -> str:
    place, entry = _place(data, error.absolute_path)
    return ": ".join([file_name, *place, _fault(entry or "the file", error)])


def _place(data: Any, path: Iterable[str | int]) -> tuple[list[str], str]:
    """The ids on the way to a faulty entry, joined, and the entry's name."""
    ids: list[str] = []
    entry = ""
    for step in path:
        data = data[step]
        if isinstance(step, str):
            entry = step
            continue
        item_id = data.get("id") if isinstance(data, dict) else None
        ids.append(item_id if isinstance(item_id, str) else f"number {step + 1} of {entry}")
        entry = "the entry"
    return [" > ".join(ids)] if ids else [], entry


def _fault(entry: str, error: ValidationError) -> str:
    value: Any = error.instance
    limit: Any = error.validator_value
    match error.validator:
        case "maxLength":
            words = f"is {len(value)} characters long; the most is {limit}"
        case "required":
            words = f"lacks {', '.join(name for name in limit if name not in value)}"
        case "additionalProperties":
            known = error.schema["properties"]  # type: ignore[index]  # a schema with this rule is a mapping
            words = f"has unknown entries: {', '.join(str(name) for name in value if name not in known)}"
        case "type":
            words = f"must be {_TYPES[limit]}"
        case "pattern" if limit == _NOT_BLANK:
            words = "must not be empty"
        case "pattern":
            marks = "hyphens or underscores" if "_" in limit else "hyphens"
            words = f'"{value}" must start with a letter and hold only small letters, digits and {marks}'
        case "enum":
            words = f'is "{value}"; it must be one of {", ".join(limit)}'
        case "minimum" | "maximum" as bound:
            words = f"is {value}; the {_BOUNDS[bound]} is {limit}"
        case "minItems" | "maxItems" as bound:
            words = f"has {len(value)} items; the {_BOUNDS[bound]} is {limit}"
        case "uniqueItems":
            words = "names the same item twice"
        case "not":
            words = f"must not have {', '.join(limit['required'])}"
        case _:
            words = f"is not right: {error.message}"
    return f"{entry} {words}"
