"""The bot speaks to Slack, and to no address that a person gave."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_sdk.web.async_client import AsyncWebClient

import bot
from bot.delivery.files import File, UploadError, upload_files
from tests.bot.case_studies.steps import begin, last_view, write
from tests.slack import BOT_TOKEN, Bot, Slack, words_of

BOT = Path(bot.__file__).parent
OPENS = re.compile(r"ClientSession\(|urlopen|import (httpx|requests|socket|urllib\.request)|http\.client")
INSIDE = "169.254.169.254"
"""An address that only machines inside a data centre reach."""
OF_GOOD_PRACTICE, RESOURCES = 0, 3
"""The template and its section with files, by their places in the lists."""


def test_two_modules_open_connections_and_only_where_slack_says() -> None:
    """Files go to where Slack says; all else through Slack's own client, to the address of the settings."""
    opens = {str(path.relative_to(BOT)) for path in BOT.rglob("*.py") if OPENS.search(path.read_text())}
    assert opens == {"clients.py", "delivery/files.py"}


@pytest.fixture
async def elsewhere() -> AsyncIterator[tuple[str, list[str]]]:
    """Some other server, and what it was asked for."""
    asked: list[str] = []

    async def note(request: web.Request) -> web.Response:
        asked.append(f"{request.method} {request.path}")
        return web.Response(text="OK")

    application = web.Application()
    application.router.add_route("*", "/{anything:.*}", note)
    server = TestServer(application)
    await server.start_server()
    yield str(server.make_url("/")), asked
    await server.close()


async def test_the_address_of_a_file_is_kept_and_never_asked_for(
    bot: Bot, slack: Slack, elsewhere: tuple[str, list[str]]
) -> None:
    address, asked = elsewhere
    file = {
        "id": "F1",
        "name": "a.pdf",
        "size": 9,
        "permalink": f"{address}a.pdf",
        "url_private": f"{address}private",
        "url_private_download": f"http://{INSIDE}/",
    }
    draft = await begin(bot, slack, OF_GOOD_PRACTICE)
    await write(bot, slack, draft, RESOURCES, {"files": [file]})
    await bot.press(draft, "Read it through")
    assert "a.pdf" in words_of(last_view(slack).blocks)
    assert asked == []


async def test_bytes_go_where_slack_says_and_no_further(elsewhere: tuple[str, list[str]]) -> None:
    address, asked = elsewhere

    async def away(_request: web.Request) -> web.Response:
        raise web.HTTPFound(f"{address}stolen")

    async def place(request: web.Request) -> web.Response:
        upload_url = str(request.url.with_path("/upload"))
        return web.json_response({"ok": True, "upload_url": upload_url, "file_id": "F1"})

    application = web.Application()
    application.router.add_post("/api/{method}", place)
    application.router.add_post("/upload", away)
    server = TestServer(application)
    await server.start_server()
    client = AsyncWebClient(BOT_TOKEN, str(server.make_url("/api/")))
    with pytest.raises(UploadError):
        await upload_files(client, [File("a.csv", "A", b"words")])
    await server.close()
    assert asked == []
