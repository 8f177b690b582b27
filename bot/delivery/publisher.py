"""Messages follow rows.

A change in the store marks its messages dirty; the publisher renders the newest
state of each and sends it. Many changes become one update: a channel gets at most
one a second, and a workspace no more than Slack's tiers. What Slack did not take
stays dirty and is tried again, after a restart too. What Slack refuses for good is
put aside until the next change, and told to whoever can do something about it.

Of several processes on one store, one at a time sends in a workspace.
"""

import asyncio
import logging
import random
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TypeAlias

from bot.clients import ClientFor
from bot.delivery.budget import Budget
from bot.delivery.content import HOME_KIND, Renderer
from bot.delivery.halts import Halts
from bot.delivery.leases import LEASE_SECONDS, RENEW_AFTER, Leases
from bot.delivery.replies import reason_of, retry_after
from bot.delivery.sending import NoAccessError, Refused, RenderError, Sender, method_of
from bot.delivery.turns import BusyError, Turn
from storage.message_store import MessageStore
from storage.records.messages import Message, Waiting

log = logging.getLogger(__name__)

Place: TypeAlias = tuple[str, str, bool]
"""What has a pace of its own: a channel or a person of a workspace, and whether it is the person's Home."""

LOOK_EVERY = 1.0
"""Seconds between two looks for what other processes have written; what this one writes is seen at once."""
LOOK_GAP = 0.1
"""Seconds between two looks at least."""
PACE = 1.0
"""Seconds between two sends to one channel."""
REST = 10
"""A message that takes long to render, such as the board of thousands, rests so many times as long."""
LONGEST_WAIT = 60.0
"""Seconds after which what fails is tried again at the latest."""
ENDING = 2.0
"""Seconds that a send under way is given when the process stops."""
PLACES = 10_000
"""Places remembered with the time at which they may get their next message."""


class Publisher:
    """Sends dirty messages until it is cancelled."""

    def __init__(
        self,
        messages: MessageStore,
        client_for: ClientFor,
        renderers: Mapping[str, Renderer],
        refused: Sequence[Refused] = (),
    ) -> None:
        self._messages = messages
        self._client_for = client_for
        self._sender = Sender(messages, renderers, refused)
        self._budget = Budget()
        self._leases = Leases(messages)
        self._halts = Halts()
        self._not_before: dict[Place, float] = {}
        self._failures: dict[Place, int] = {}
        self._unrenderable: dict[tuple[str, str], tuple[int, float]] = {}
        self._sending: dict[Place, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Look for dirty messages for ever; one task a channel sends them."""
        try:
            while True:
                wait = LOOK_EVERY
                try:
                    wait = await self._look()
                except Exception as error:  # the store may be away for a while; nothing is lost
                    log.warning("Could not look for messages to send: %s", type(error).__name__)
                await asyncio.sleep(LOOK_GAP)
                await self._messages.wait_for_change(wait)
        finally:
            await self._finish()

    async def _look(self) -> float:
        """Begin to send wherever it may be; returns the seconds until there may be more to send."""
        waiting = [each for each in await self._messages.list_waiting() if not self._is_halted(each)]
        soon = _now() + LEASE_SECONDS
        needed = {each.workspace_id for each in waiting if self._not_before.get(_place(each), 0.0) < soon}
        await self._leases.hold(needed | {workspace_id for workspace_id, _, _ in self._sending})
        now = _now()
        soonest = LOOK_EVERY
        for each in waiting:
            place = _place(each)
            if place in self._sending or not self._leases.is_held(each.workspace_id):
                continue
            method = method_of(each.kind, is_posted=each.is_posted)
            bucket = self._budget.of(each.workspace_id, method)
            wait = max(self._not_before.get(place, now) - now, bucket.wait(now))
            if wait <= 0 and bucket.take(now):
                turn = Turn(self._budget, each.workspace_id, method)
                task = asyncio.create_task(self._serve(place, method, turn))
                self._sending[place] = task
                task.add_done_callback(partial(self._forget, place))
            else:
                soonest = min(soonest, wait)
        self._forget_old(now)
        return soonest

    def _is_halted(self, waiting: Waiting) -> bool:
        return self._halts.is_halted(waiting.workspace_id)

    def _forget(self, place: Place, _task: asyncio.Task[None]) -> None:
        self._sending.pop(place, None)

    def _forget_old(self, now: float) -> None:
        if len(self._not_before) > PLACES:
            self._not_before = {place: at for place, at in self._not_before.items() if at > now}

    async def _finish(self) -> None:
        """Give what has begun a little time to end, and let another process go on."""
        tasks = list(self._sending.values())
        if tasks:
            await asyncio.wait(tasks, timeout=ENDING)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._leases.release()

    async def _serve(self, place: Place, method: str, turn: Turn) -> None:
        """Send the first message that needs it, and set when the place may get its next."""
        try:
            wait = await self._send_first(place, method, turn)
        except BusyError as busy:
            # Shorter than a lease, since another process would not know that Slack asks for a pause.
            wait = min(max(busy.seconds, PACE), LEASE_SECONDS - RENEW_AFTER)
        except Exception as error:
            wait = max(retry_after(error), self._back_off(place))
            reason = reason_of(error) or type(error).__name__
            log.warning("Channel %s: %s, trying again in %.0f s", place[1], reason, wait)
        finally:
            turn.end()
        self._not_before[place] = _now() + wait

    async def _send_first(self, place: Place, method: str, turn: Turn) -> float:
        """Returns the seconds until the place may get its next message."""
        workspace_id, channel_id, _ = place
        client = await self._client_for(workspace_id)
        token = client.token if client else None
        if client is None or self._halts.refuses(workspace_id, token):
            self._halts.halt(workspace_id, token, "not installed")
            return 0.0
        is_waiting = False
        for message in await self._messages.dirty_messages(channel=(workspace_id, channel_id)):
            if method_of(message.kind, is_posted=message.ts is not None) != method:
                continue
            if self._cannot_be_rendered(message) or not self._leases.is_held(workspace_id):
                is_waiting = True
                continue
            try:
                outcome = await self._sender.send(client, turn, message)
            except RenderError as error:
                self._put_behind(message, error)
                is_waiting = True
            except NoAccessError as error:
                self._halts.halt(workspace_id, token, str(error))
                return 0.0
            else:
                self._unrenderable.pop((workspace_id, message.id), None)
                if outcome == "sent":
                    self._failures.pop(place, None)
                    return max(PACE, min(LONGEST_WAIT, REST * self._sender.rendered_in(message)))
                is_waiting = is_waiting or outcome == "waits for its parent"
        return self._back_off(place) if is_waiting else 0.0

    def _back_off(self, place: Place) -> float:
        """Seconds to wait after one more failure: twice as long each time, and not all at the same moment."""
        self._failures[place] = failures = self._failures.get(place, 0) + 1
        return _long(failures)

    def _cannot_be_rendered(self, message: Message) -> bool:
        _, until = self._unrenderable.get((message.workspace_id, message.id), (0, 0.0))
        return _now() < until

    def _put_behind(self, message: Message, error: RenderError) -> None:
        """Try a message that cannot be rendered later: the others of its channel go on."""
        key = message.workspace_id, message.id
        failures = self._unrenderable.get(key, (0, 0.0))[0] + 1
        wait = _long(failures)
        self._unrenderable[key] = failures, _now() + wait
        log.error("Message %s cannot be rendered (%s), trying again in %.0f s", message.id, error, wait)


def _place(waiting: Waiting) -> Place:
    return waiting.workspace_id, waiting.channel_id, waiting.kind == HOME_KIND


def _long(failures: int) -> float:
    return min(LONGEST_WAIT, PACE * 2.0 ** min(failures, 16)) * random.uniform(0.5, 1.0)


def _now() -> float:
    return asyncio.get_running_loop().time()
