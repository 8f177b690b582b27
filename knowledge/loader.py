"""Load a content folder into a Library, or say everything that is wrong with it."""

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from knowledge.content_checks import (
    AREAS,
    GLOSSARY,
    TASKS,
    area_faults,
    ask_faults,
    glossary_faults,
    items,
    strategies_file,
    strategy_faults,
    task_faults,
    template_faults,
    template_file,
)
from knowledge.content_file import Data, read_content_file
from knowledge.model import (
    Area,
    Field,
    FilterName,
    Glossary,
    Library,
    Option,
    Section,
    Statement,
    Strategy,
    Task,
    Template,
    Term,
    Theme,
)

_LAST = 1001


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
    areas = read_content_file(root / AREAS, "areas", faults)
    # Without its areas a folder still has strategies, and their own faults are worth naming.
    by_area = [strategies_file(area["id"]) for area in items(areas, "areas")]
    by_name = [name for name in names if name.startswith(strategies_file("").removesuffix(".yml"))]
    strategies = {
        name: read_content_file(root / name, "strategies", faults) for name in (by_area if areas else by_name)
    }
    tasks = read_content_file(root / TASKS, "tasks", faults)
    templates = {
        name: read_content_file(root / name, "template", faults)
        for name in names
        if name.startswith(template_file("").removesuffix(".yml"))
    }
    glossary = read_content_file(root / GLOSSARY, "glossary", faults)

    known = {AREAS, GLOSSARY, TASKS, *strategies, *templates}
    faults.extend(
        f"{name}: not a content file; the folder holds {', '.join(sorted(known))}"
        for name in names
        if name not in known and areas
    )
    faults.extend(area_faults(areas))
    faults.extend(strategy_faults(areas, strategies))
    faults.extend(ask_faults(strategies))
    faults.extend(task_faults(tasks))
    faults.extend(template_faults(templates))
    faults.extend(glossary_faults(glossary, areas))
    if faults:
        raise ContentError(faults)
    known_strategies = tuple(_strategies(areas, strategies))
    return Library(
        areas=tuple(Area(area["id"], area["title"], area["summary"]) for area in areas["areas"]),
        themes=tuple(_themes(areas)),
        strategies=known_strategies,
        tasks=tuple(_task(task) for task in tasks["tasks"]),
        templates=tuple(
            _template(template, known_strategies) for template in sorted(templates.values(), key=_place)
        ),
        glossary=_glossary(glossary),
    )


def _file_names(root: Traversable) -> list[str]:
    """The YAML files of the folder. Raises ContentError when there is nothing to read."""
    if not root.is_dir():
        raise ContentError([f"{root}: there is no such folder"])
    names = sorted(file.name for file in root.iterdir() if file.name.endswith((".yml", ".yaml")))
    if not names:
        raise ContentError([f"{root}: the folder holds no content; {AREAS} should be there"])
    return names


def _themes(areas: Data) -> Iterator[Theme]:
    for area in areas["areas"]:
        for theme in area["themes"]:
            yield Theme(theme["id"], theme["title"], theme["summary"], area["id"])


def _strategies(areas: Data, strategies: Mapping[str, Data]) -> Iterator[Strategy]:
    """All strategies in the order of the themes, whatever their order in the file."""
    for theme in _themes(areas):
        data = strategies[strategies_file(theme.area_id)]
        for item in data["strategies"]:
            if item["theme"] == theme.id:
                yield Strategy(
                    id=item["id"],
                    title=item["title"],
                    text=item["text"],
                    theme_id=theme.id,
                    also=tuple(item.get("also", ())),
                    asks=tuple(item["asks"]),
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


def _place(template: Data) -> tuple[int, str]:
    """Where a template stands among the others; one without `order` comes last."""
    return template.get("order", _LAST), template["id"]


def _template(template: Data, strategies: Sequence[Strategy]) -> Template:
    # A strategies field is answered with ids, and shown by title, just as checkboxes are.
    titles = tuple(Option(strategy.id, strategy.title) for strategy in strategies)
    return Template(
        id=template["id"],
        title=template["title"],
        summary=template["summary"],
        title_field=template["title_field"],
        quote_field=template["quote_field"],
        sections=tuple(
            Section(
                id=section["id"],
                title=section["title"],
                intro=section.get("intro", ""),
                fields=tuple(_field(field, titles) for field in section["fields"]),
            )
            for section in template["sections"]
        ),
        source=template["source"],
    )


_FILTERS: Mapping[str, FilterName] = {"agencies": "agency", "strategies": "strategy"}
"""What fields of these kinds are for without being told."""


def _field(field: Data, strategies: tuple[Option, ...]) -> Field:
    own = tuple(Option(option["id"], option["label"]) for option in field.get("options", ()))
    return Field(
        id=field["id"],
        label=field["label"],
        kind=field["kind"],
        help=field.get("help", ""),
        example=field["example"],
        required=field.get("required", False),
        options=strategies if field["kind"] == "strategies" else own,
        filter=field.get("filter", _FILTERS.get(field["kind"], "")),
    )


def _glossary(glossary: Data) -> Glossary:
    return Glossary(
        terms=tuple(
            Term(item["term"], tuple(item["words"]), tuple(item["themes"])) for item in glossary["terms"]
        ),
        synonyms=tuple(tuple(group) for group in glossary["synonyms"]),
        elsewhere=tuple(word for matter in glossary["elsewhere"] for word in matter.get("words", ())),
        elsewhere_asks=tuple(ask for matter in glossary["elsewhere"] for ask in matter.get("asks", ())),
    )
