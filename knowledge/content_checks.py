"""What a schema cannot see: ids that are there twice, names that lead nowhere, asks that stand twice."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from knowledge.content_file import Data

AREAS, TASKS, GLOSSARY = "areas.yml", "tasks.yml", "glossary.yml"
MOST_TEMPLATES = 10


def strategies_file(area_id: str) -> str:
    return f"strategies-{area_id}.yml"


def template_file(template_id: str) -> str:
    return f"template-{template_id}.yml"


def items(data: Mapping[str, Any], key: str) -> Iterator[Data]:
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


def area_faults(areas: Data) -> Iterator[str]:
    yield from _duplicates(AREAS, (area["id"] for area in items(areas, "areas")))
    yield from _duplicates(
        AREAS, (theme["id"] for area in items(areas, "areas") for theme in items(area, "themes"))
    )


def strategy_faults(areas: Data, strategies: Mapping[str, Data]) -> Iterator[str]:
    themes_of = {
        strategies_file(area["id"]): [theme["id"] for theme in items(area, "themes")]
        for area in items(areas, "areas")
    }
    known = {theme for themes in themes_of.values() for theme in themes}
    first_file: dict[str, str] = {}
    for file_name, data in strategies.items():
        for strategy in items(data, "strategies"):
            place = f"{file_name}: {strategy['id']}"
            if strategy["id"] in first_file:
                yield f"{place}: the id is there twice (first in {first_file[strategy['id']]})"
            first_file.setdefault(strategy["id"], file_name)
            theme = strategy.get("theme")
            if areas and isinstance(theme, str) and theme not in themes_of[file_name]:
                yield f'{place}: the theme "{theme}" is not one of this area\'s themes in {AREAS}'
            also = strategy.get("also")
            for other in also if isinstance(also, list) else ():
                if areas and isinstance(other, str) and other not in known:
                    yield f'{place}: also names the theme "{other}", which is not in {AREAS}'
                elif other == theme:
                    yield f'{place}: also names "{other}", the strategy\'s own theme'
        used = {strategy.get("theme") for strategy in items(data, "strategies")}
        for theme in themes_of.get(file_name, ()):
            if data and theme not in used:
                yield f"{file_name}: {theme}: the theme has no strategies"


def ask_faults(strategies: Mapping[str, Data]) -> Iterator[str]:
    """An ask stands for one strategy; one that stands under two would be a tie."""
    first: dict[str, str] = {}
    for file_name, data in strategies.items():
        for strategy in items(data, "strategies"):
            asks = strategy.get("asks")
            for ask in asks if isinstance(asks, list) else ():
                if not isinstance(ask, str):
                    continue
                same = " ".join(ask.casefold().split())
                if same in first:
                    place = f"{file_name}: {strategy['id']}"
                    yield f'{place}: the ask "{ask}" is there twice (first in {first[same]})'
                first.setdefault(same, strategy["id"])


def task_faults(tasks: Data) -> Iterator[str]:
    yield from _duplicates(TASKS, (task["id"] for task in items(tasks, "tasks")))
    for task in items(tasks, "tasks"):
        yield from _duplicates(f"{TASKS}: {task['id']}", (item["id"] for item in items(task, "statements")))


def template_faults(templates: Mapping[str, Data]) -> Iterator[str]:
    """`templates` by the name of their file."""
    if not templates:
        yield f"{template_file('<id>')}: the folder holds no template for case studies; add one"
    elif len(templates) > MOST_TEMPLATES:
        yield f"{max(templates)}: the folder holds {len(templates)} templates; the most is {MOST_TEMPLATES}"
    for name, template in templates.items():
        yield from _template_faults(name, template)


def _template_faults(name: str, template: Data) -> Iterator[str]:
    template_id = template.get("id")
    if isinstance(template_id, str) and name != template_file(template_id):
        yield f'{name}: the id is "{template_id}", so the file must be called {template_file(template_id)}'
    sections = list(items(template, "sections"))
    fields = [field for section in sections for field in items(section, "fields")]
    yield from _duplicates(name, (section["id"] for section in sections))
    yield from _duplicates(name, (field["id"] for field in fields))
    for field in fields:
        yield from _duplicates(f"{name}: {field['id']}", (option["id"] for option in items(field, "options")))
    kinds = {field["id"]: field.get("kind") for field in fields}
    for entry, kind in (("title_field", "line"), ("quote_field", "text")):
        named = template.get(entry)
        if isinstance(named, str) and named not in kinds:
            yield f'{name}: {entry} names "{named}", which is not a field of the template'
        elif isinstance(named, str) and kinds[named] != kind:
            yield f'{name}: {entry} names "{named}", which is not of the kind {kind}'


def glossary_faults(glossary: Data, areas: Data) -> Iterator[str]:
    known = {theme["id"] for area in items(areas, "areas") for theme in items(area, "themes")}
    terms = glossary.get("terms")
    seen: set[str] = set()
    for entry in terms if isinstance(terms, list) else ():
        term = entry.get("term") if isinstance(entry, dict) else None
        if not isinstance(term, str):
            continue
        same = " ".join(term.casefold().split())
        if same in seen:
            yield f"{GLOSSARY}: {term}: the term is there twice"
        seen.add(same)
        themes = entry.get("themes")
        for theme in themes if isinstance(themes, list) else ():
            if areas and isinstance(theme, str) and theme not in known:
                yield f'{GLOSSARY}: {term}: names the theme "{theme}", which is not in {AREAS}'
