"""Hangs the pages into the sandbox's web server."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Request
from nicegui import Client, ui
from starlette.staticfiles import StaticFiles

from sandbox.acts import Acts
from sandbox.bot_process import BotProcess
from sandbox.pages.layout import open_page
from sandbox.workspace import Workspace

_ASSETS = Path(__file__).parent.parent / "assets"
_ASSETS_PATH = "/sandbox/assets"

# The browser itself then refuses whatever would leave this machine, a picture in a message included.
# NiceGUI compiles its templates in the browser, hence the two `unsafe` words.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; form-action 'none'"
)


def mount(app: FastAPI, workspace: Workspace, acts: Acts, bot: BotProcess) -> None:
    """Serve the pages at `/` of `app`, after every other route. Call it last, and once for each process."""
    app.mount(_ASSETS_PATH, StaticFiles(directory=_ASSETS), name="assets")

    @ui.page("/", title=f"{workspace.home_team.name} (sandbox)", language="en-GB")
    def chat(request: Request, client: Client) -> None:
        ui.add_head_html(_head())
        open_page(workspace, acts, bot, request.query_params, client)

    ui.run_with(app, tailwind=False, show_welcome_message=False, favicon=_ASSETS / "icon.svg")


def _head() -> str:
    theme, script = (_fresh(name) for name in ("theme.css", "client.js"))
    return (
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<link rel="stylesheet" href="{theme}"><script defer src="{script}"></script>'
    )


def _fresh(name: str) -> str:
    """An asset's address that changes with the file, so that no browser keeps an old one."""
    return f"{_ASSETS_PATH}/{name}?{(_ASSETS / name).stat().st_mtime_ns}"
