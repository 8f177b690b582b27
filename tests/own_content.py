"""The content of a team that has a template of its own: what ships, and one file more."""

from pathlib import Path
from shutil import copy, copytree

OWN_TEMPLATE = Path(__file__).with_name("template-visit.yml")


def own_content(folder: Path) -> Path:
    """A new folder in this one, for KNOWLEDGE_DIR."""
    content = copytree("knowledge/content", folder / "content")
    copy(OWN_TEMPLATE, content)
    return content
