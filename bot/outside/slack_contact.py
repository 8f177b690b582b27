"""Whether Slack can be reached: known from the calls that are made anyway, and asked for in quiet times."""

import asyncio
import logging
from typing import Final

from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.replies import SERVER_ERROR, TOO_MANY_REQUESTS
from bot.outside.figures import count_call, count_limited

log = logging.getLogger(__name__)

ASK_AFTER = 30.0
"""Seconds without any answer of Slack's after which it is asked for one."""


class SlackContact(AsyncRetryHandler):
    """Told of every call of the Web API, because slack_sdk asks it whether to repeat one. It never does.

    There is one for the process, as there is one set of figures.
    """

    def __init__(self) -> None:
        super().__init__(max_retry_count=0)
        self.is_reachable: bool | None = None
        """Whether Slack answered the latest call; None before the first."""
        self.asked_at: float | None = None
        """When the outcome of the latest call was known, by the loop's clock."""

    async def can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        """No; but now the outcome is known."""
        method = request.url.rpartition("/")[2]
        result = _result(response if error is None else None)
        count_call(method, result)
        if result == "limited" and response:
            count_limited(method, _seconds_asked_for(response))
        is_reachable = result != "failed"
        if is_reachable != self.is_reachable and not (is_reachable and self.is_reachable is None):
            log.log(
                logging.INFO if is_reachable else logging.WARNING,
                "Slack %s.",
                "answers again" if is_reachable else "does not answer",
            )
        self.is_reachable = is_reachable
        self.asked_at = asyncio.get_running_loop().time()
        return False


SLACK: Final = SlackContact()


class SlackWatch:
    """Asks Slack for a sign of life when nothing has been heard of it for a while."""

    def __init__(self, client: AsyncWebClient) -> None:
        """`client` needs no token."""
        self._client = client

    async def run(self) -> None:
        """Look for ever."""
        while True:
            loop = asyncio.get_running_loop()
            quiet = ASK_AFTER if SLACK.asked_at is None else loop.time() - SLACK.asked_at
            if quiet >= ASK_AFTER:
                try:
                    await self._client.api_test()
                except Exception as error:  # noted by SLACK already
                    log.debug("Slack was asked for a sign of life: %s", type(error).__name__)
                quiet = 0.0
            await asyncio.sleep(ASK_AFTER - quiet)


def _result(response: HttpResponse | None) -> str:
    if response is None or response.status_code >= SERVER_ERROR:
        return "failed"
    said = response.body if isinstance(response.body, dict) else {}
    if response.status_code == TOO_MANY_REQUESTS or said.get("error") in ("ratelimited", "rate_limited"):
        return "limited"
    return "ok" if said.get("ok") else "refused"


def _seconds_asked_for(response: HttpResponse) -> float:
    given = {name.lower(): values for name, values in response.headers.items()}.get("retry-after", ["0"])[0]
    return float(given) if given.isdigit() else 0.0
