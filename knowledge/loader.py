"""Load a content folder into a Library, or say everything that is wrong with it."""

from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from knowledge.content_file import Data, read_content_file
from knowledge.model import Area, Field, Library, Option, Section, Statement, Strategy, Task, Template, Theme

_AREAS, _TASKS, _TEMPLATES = "areas.yml", "tasks.yml", "templates.yml"


class ContentError(Exception):
    """The content cannot be used. `faults` names each fault with its file and, where there is one, its id."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(["The content cannot be used:", *faults]))


def load_library(folder: Path | None = None) -> Library:
    """The library in `folder`, or the shipped one. Raises ContentError with all faults found."""
    root: Traversable = folder if folder is not None else files(__package__) / "content"
    faults: list[str] = []
    names = _file_names(root)
    areas = read_content_file(root / _AREAS, "areas", faults)
    strategies = {
        _strategies_file(area["id"]): read_content_file(
            root / _strategies_file(area["id"]), "strategies", faults
        )
        for area in _items(areas, "areas")
    }
    tasks = read_content_file(root / _TASKS, "tasks", faults)
    templates = read_content_file(root / _TEMPLATES, "templates", faults)

    known = {_AREAS, _TASKS, _TEMPLATES, *strategies}
    faults.extend(
        f"{name}: not a content file; the folder holds {', '.join(sorted(known))}"
        for name in names
        if name not in known and areas
    )
    faults.extend(_area_faults(areas))
    faults.extend(_strategy_faults(areas, strategies))
    faults.extend(_task_faults(tasks))
    faults.extend(_template_faults(templates))
    if faults:
        raise ContentError(faults)
    return Library(
        areas=tuple(Area(area["id"], area["title"], area["summary"]) for area in areas["areas"]),
        themes=tuple(_themes(areas)),
        strategies=tuple(_strategies(areas, strategies)),
        tasks=tuple(_task(task) for task in tasks["tasks"]),
        templates=tuple(_template(template) for template in templates["templates"]),
    )


def _file_names(root: Traversable) -> list[str]:
    """The YAML files of the folder. Raises ContentError when there is nothing to read."""
    if not root.is_dir():
        raise ContentError([f"{root}: there is no such folder"])
    names = sorted(file.name for file in root.iterdir() if file.name.endswith((".yml", ".yaml")))
    if not names:
        raise ContentError([f"{root}: the folder holds no content; {_AREAS} should be there"])
    return names


def _strategies_file(area_id: str) -> str:
    return f"strategies-{area_id}.yml"


def _items(data: Mapping[str, Any], key: str) -> Iterator[Data]:
    """The items under `key` that can be told apart; the schema has already named those that cannot."""
    items = data.get(key)
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict) and isinstance(item.get("id"), str):
            yield item


def _duplicates(place: str, ids: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for item_id in ids:
        if item_id in seen:
            yield f"{place}: {item_id}: the id is there twice"
        seen.add(item_id)


def _area_faults(areas: Data) -> Iterator[str]:
    yield from _duplicates(_AREAS, (area["id"] for area in _items(areas, "areas")))
    yield from _duplicates(
        _AREAS, (theme["id"] for area in _items(areas, "areas") for theme in _items(area, "themes"))
    )


def _strategy_faults(areas: Data, strategies: Mapping[str, Data]) -> Iterator[str]:
    themes_of = {
        _strategies_file(area["id"]): [theme["id"] for theme in _items(area, "themes")]
        for area in _items(areas, "areas")
    }
    known = {theme for themes in themes_of.values() for theme in themes}
    first_file: dict[str, str] = {}
    for file_name, data in strategies.items():
        for strategy in _items(data, "strategies"):
            place = f"{file_name}: {strategy['id']}"
            if strategy["id"] in first_file:
                yield f"{place}: the id is there twice (first in {first_file[strategy['id']]})"
            first_file.setdefault(strategy["id"], file_name)
            theme = strategy.get("theme")
            if isinstance(theme, str) and theme not in themes_of[file_name]:
                yield f'{place}: the theme "{theme}" is not one of this area\'s themes in {_AREAS}'
            also = strategy.get("also")
            for other in also if isinstance(also, list) else ():
                if isinstance(other, str) and other not in known:
                    yield f'{place}: also names the theme "{other}", which is not in {_AREAS}'
                elif other == theme:
                    yield f'{place}: also names "{other}", the strategy\'s own theme'
        used = {strategy.get("theme") for strategy in _items(data, "strategies")}
        for theme in themes_of[file_name]:
            if data and theme not in used:
                yield f"{file_name}: {theme}: the theme has no strategies"


def _task_faults(tasks: Data) -> Iterator[str]:
    yield from _duplicates(_TASKS, (task["id"] for task in _items(tasks, "tasks")))
    for task in _items(tasks, "tasks"):
        yield from _duplicates(f"{_TASKS}: {task['id']}", (item["id"] for item in _items(task, "statements")))


def _template_faults(templates: Data) -> Iterator[str]:
    yield from _duplicates(_TEMPLATES, (template["id"] for template in _items(templates, "templates")))
    for template in _items(templates, "templates"):
        place = f"{_TEMPLATES}: {template['id']}"
        sections = list(_items(template, "sections"))
        fields = [field for section in sections for field in _items(section, "fields")]
        yield from _duplicates(place, (section["id"] for section in sections))
        yield from _duplicates(place, (field["id"] for field in fields))
        for field in fields:
            yield from _duplicates(
                f"{place} > {field['id']}", (option["id"] for option in _items(field, "options"))
            )
        title_field = template.get("title_field")
        named = [field for field in fields if field["id"] == title_field]
        if isinstance(title_field, str) and not named:
            yield f'{place}: title_field names "{title_field}", which is not a field of the template'
        elif named and named[0].get("kind") == "checkboxes":
            yield f'{place}: title_field names "{title_field}", which is not answered in words'


def _themes(areas: Data) -> Iterator[Theme]:
    for area in areas["areas"]:
        for theme in area["themes"]:
            yield Theme(theme["id"], theme["title"], theme["summary"], area["id"])


def _strategies(areas: Data, strategies: Mapping[str, Data]) -> Iterator[Strategy]:
    """All strategies in the order of the themes, whatever their order in the file."""
    for theme in _themes(areas):
        data = strategies[_strategies_file(theme.area_id)]
        for item in data["strategies"]:
            if item["theme"] == theme.id:
                yield Strategy(
                    id=item["id"],
                    title=item["title"],
                    text=item["text"],
                    theme_id=theme.id,
                    also=tuple(item.get("also", ())),
                    source=data["source"],
                )


def _task(task: Data) -> Task:
    return Task(
        id=task["id"],
        title=task["title"],
        summary=task["summary"],
        steps=tuple(task["steps"]),
        statements=tuple(Statement(item["id"], item["title"], item["text"]) for item in task["statements"]),
        source=task["source"],
    )


def _template(template: Data) -> Template:
    return Template(
        id=template["id"],
        title=template["title"],
        summary=template["summary"],
        title_field=template["title_field"],
        sections=tuple(
            Section(
                id=section["id"],
                title=section["title"],
                intro=section.get("intro", ""),
                fields=tuple(_field(field) for field in section["fields"]),
            )
            for section in template["sections"]
        ),
        source=template["source"],
    )


def _field(field: Data) -> Field:
    return Field(
        id=field["id"],
        label=field["label"],
        kind=field["kind"],
        help=field.get("help", ""),
        example=field["example"],
        required=field.get("required", False),
        options=tuple(Option(option["id"], option["label"]) for option in field.get("options", ())),
    )
