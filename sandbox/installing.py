"""Somebody installs the app by its link, with a browser of their own: the link, Slack's page, and back."""

from urllib.parse import parse_qs, urlsplit

import aiohttp

from sandbox.running import RunningSandbox


async def install_in(sandbox: RunningSandbox, team_id: str) -> None:
    """Install it in this workspace with everything it asks for; the bot is running, by HTTP.

    :raises aiohttp.ClientResponseError: the link does not lead to the end
    """
    # A secure cookie is kept for https, which the sandbox does without.
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), raise_for_status=True) as browser:
        async with browser.get(sandbox.install_link, allow_redirects=False) as link:
            asked = parse_qs(urlsplit(link.headers["Location"]).query)
            cookies = {name: cookie.value for name, cookie in link.cookies.items()}
        form = [(name, asked[name][0]) for name in ("state", "scope", "code_challenge") if name in asked]
        optional = [("optional", scope) for scope in sandbox.workspace.manifest.optional_scopes]
        allowed = [*form, *optional, ("place", team_id), ("answer", "allow")]
        async with browser.post(
            f"{sandbox.address}/oauth/v2/authorize", data=allowed, allow_redirects=False
        ) as page:
            back = page.headers["Location"]
        header = "; ".join(f"{name}={value}" for name, value in cookies.items())
        async with browser.get(back, headers={"Cookie": header}):
            return
