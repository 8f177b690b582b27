"""Installing by a link: /slack/install leads to Slack, which sends back to /slack/oauth_redirect."""

from collections.abc import Mapping
from urllib.parse import urlencode, urljoin

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.oauth.installing import SECONDS, Installer, InstallError
from bot.oauth.pages import INSTALL_PATH, installed_page, not_installed_page
from bot.oauth.workspaces import InstalledWorkspaces
from storage.records.installations import Installation
from storage.store import UnavailableError

REDIRECT_PATH = "/slack/oauth_redirect"
COOKIE = "commonground-install"
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}
DECLINED = (
    "You, or Slack, did not allow it. If your workspace asks an admin to approve apps, ask one of them to "
    "open the link that you used."
)
NO_COOKIE = (
    "This was finished before, begun in another browser or too long ago, or cookies are turned off. If a "
    "page has told you that Common Ground is installed, it still is."
)


class InstallRoutes:
    """Both addresses."""

    def __init__(self, installer: Installer, workspaces: InstalledWorkspaces, slack_api_url: str) -> None:
        self._installer = installer
        self._workspaces = workspaces
        self._slack_api_url = slack_api_url

    def routes(self) -> list[Route]:
        """To be put beside the address for Slack's requests."""
        return [
            Route(INSTALL_PATH, self.install, methods=["GET"]),
            Route(REDIRECT_PATH, self.finish, methods=["GET"]),
        ]

    async def install(self, _request: Request) -> Response:
        """Lead the browser to Slack."""
        beginning = self._installer.begin()
        response = RedirectResponse(beginning.address, status_code=302, headers=HEADERS)
        response.set_cookie(
            COOKIE,
            beginning.secret,
            max_age=SECONDS,
            path=REDIRECT_PATH,
            secure=True,
            httponly=True,
            samesite="lax",  # strict would withhold it from a browser that comes from Slack
        )
        return response

    async def finish(self, request: Request) -> Response:
        """Finish what the browser began, or say what kept it from being finished."""
        secret = request.cookies.get(COOKIE, "")
        reason, status = _refusal(request.query_params, secret)
        if not reason:
            code, state = request.query_params["code"], request.query_params["state"]
            try:
                installation = await self._installer.finish(code, state, secret)
                self._workspaces.forget(installation.workspace_id)
                return _answer(installed_page(installation, self._open_slack(installation)), 200)
            except InstallError as error:
                reason, status = str(error), 400
            except UnavailableError:
                reason, status = "The app's database cannot be used now. Please start again later.", 503
        return _answer(not_installed_page(reason), status)

    def _open_slack(self, installation: Installation) -> str:
        place = {} if installation.is_for_organisation else {"team": installation.workspace_id}
        query = urlencode({"app": installation.app_id, **place})
        return f"{urljoin(self._slack_api_url, '../app_redirect')}?{query}"


def _refusal(given: Mapping[str, str], secret: str) -> tuple[str, int]:
    """What keeps an installation from being finished, as far as the address and the cookie tell."""
    if given.get("error") == "access_denied":
        return DECLINED, 200
    if "error" in given:
        return "Slack could not go on. Please start again.", 400
    if not (given.get("code") and given.get("state")):
        return "This address is only for the way back from Slack.", 400
    if not secret:
        return NO_COOKIE, 400
    return "", 200


def _answer(content: str, status: int) -> Response:
    response = HTMLResponse(content, status_code=status, headers=HEADERS)
    response.delete_cookie(COOKIE, path=REDIRECT_PATH, secure=True, httponly=True, samesite="lax")
    return response
