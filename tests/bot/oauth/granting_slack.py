"""A stand-in for Slack that gives tokens away: codes and refresh tokens work once."""

import base64
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.slack import TEAM, Call, Json, Slack, numbers

CLIENT_ID = "111.222"
CLIENT_SECRET = "client-secret"


@dataclass
class GrantingSlack(Slack):
    """`codes` holds what each code gives; `live` the tokens that work, with their place."""

    codes: dict[str, Json] = field(default_factory=dict)
    live: dict[str, str] = field(default_factory=dict)
    refreshing: dict[str, str] = field(default_factory=dict)
    lifetime: int | None = None
    """Seconds that tokens live; None turns token rotation off."""
    bearers: list[tuple[str, str]] = field(default_factory=list)
    """The method and the token of each call."""

    def allow(self, workspace_id: str = TEAM, *, scope: str = "chat:write,commands", **more: Any) -> str:
        """Somebody presses Allow; returns the code."""
        code = f"code-{next(numbers)}"
        self.codes[code] = {
            "token_type": "bot",
            "scope": scope,
            "bot_user_id": "U0BOT",
            "app_id": "A0APP",
            "team": {"id": workspace_id, "name": f"Name of {workspace_id}"},
            "enterprise": None,
            "is_enterprise_install": False,
            "authed_user": {"id": "U0ANNA"},
            **more,
        }
        return code

    def tokens_for(self, place: str) -> Json:
        token = f"xoxb-plain-{place}-{next(numbers)}"
        self.live[token] = place
        if self.lifetime is None:
            return {"access_token": token}
        refresh_token = f"xoxe-plain-{place}-{next(numbers)}"
        self.refreshing[refresh_token] = place
        return {"access_token": token, "refresh_token": refresh_token, "expires_in": self.lifetime}

    async def _answer_call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if method != "oauth.v2.access":
            self.bearers.append((method, token))
            if token not in self.live:
                return web.json_response({"ok": False, "error": "invalid_auth"})
            return await super()._answer_call(request)
        given: Json = {name: str(value) for name, value in (await request.post()).items()}
        self.calls.append(Call(method, given))
        if method in self.refuse:
            return web.json_response({"ok": False, "error": self.refuse[method]})
        return web.json_response(self._exchange(given, request.headers["Authorization"]))

    def _exchange(self, given: Json, authorization: str) -> Json:
        expected = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if authorization != f"Basic {expected}":
            return {"ok": False, "error": "bad_client_secret"}
        if given.get("grant_type") == "refresh_token":
            place = self.refreshing.pop(given["refresh_token"], None)
            if place is None:
                return {"ok": False, "error": "invalid_refresh_token"}
            return {"ok": True, "token_type": "bot", **self.tokens_for(place)}
        granted = self.codes.pop(given["code"], None)
        if granted is None:
            return {"ok": False, "error": "invalid_code"}
        place = (granted["enterprise"] if granted["is_enterprise_install"] else granted["team"])["id"]
        return {"ok": True, **granted, **self.tokens_for(place)}
