"""The pages that a browser shows around an installation: plain words, readable without style or script."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from bot.manifest import OPTIONAL_SCOPES
from storage.records.installations import Installation

INSTALL_PATH = "/slack/install"
_STYLE = (
    "body{font:1.05rem/1.5 system-ui,sans-serif;color:#1d1c1d;background:#fff;max-width:38rem;"
    "margin:3rem auto;padding:0 1rem}a{color:#1f4e5f}h1{font-size:1.5rem}"
)


@dataclass(frozen=True, slots=True)
class Link:
    """Where to go from here."""

    words: str
    address: str


START_AGAIN = Link("Start again", INSTALL_PATH)


def page(title: str, paragraphs: Sequence[str], link: Link | None = None) -> str:
    """A whole page of plain texts."""
    said = "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    way_on = f'<p><a href="{escape(link.address)}">{escape(link.words)}</a></p>' if link else ""
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1>{said}{way_on}</main></body></html>"
    )


def installed_page(installation: Installation, open_slack: str) -> str:
    """What to do now, and what is missing because its scope was left out."""
    name = installation.name or "your workspace"
    if installation.is_for_organisation:
        first = (
            f"Common Ground is installed for the organisation {name}. An admin of the organisation now adds "
            "it to the workspaces that are to have it."
        )
    else:
        first = f"Common Ground is installed in {name}."
    return page(
        "Common Ground is installed",
        [
            first,
            "In a channel type /invite @Common Ground, and then /commonground to see what it does.",
            *left_out(installation.scopes),
        ],
        Link("Open Slack", open_slack),
    )


def left_out(granted: Sequence[str]) -> list[str]:
    """A sentence for each optional scope that was declined."""
    return [
        f"You left out {scope}, which the app needs {why}. All else works without it. To allow it later, "
        "install the app again."
        for scope, why in OPTIONAL_SCOPES.items()
        if scope not in granted
    ]


def not_installed_page(*reasons: str) -> str:
    """Why nothing was installed, and the way to try again."""
    return page("Nothing was installed", [*reasons, "Nothing has been changed."], START_AGAIN)
