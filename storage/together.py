"""Writes that would stand in each other's way, taken together into one transaction.

Everybody who answers in one ranking changes the same few rows, and would wait for the commits of
those before them one after the other. So what comes in while one transaction is under way waits
for the next, which takes all of it with as many statements as one alone would need.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, TypeAlias, TypeVar

from storage.database import Database, Script
from storage.store import UnavailableError

Item = TypeVar("Item")
Result = TypeVar("Result")

_Waiting: TypeAlias = tuple[Item, asyncio.Future[Result]]

# Bounds how long the first of them waits for the last.
_MOST = 128


class Together(Generic[Item, Result]):
    """Runs a script over all that waits in a workspace; its list has a result or an error for each.

    An error that it returns is raised to the one whom it is about; the others' work is kept. When it
    raises one, each is tried alone.
    """

    def __init__(
        self, database: Database, script: Callable[[str, Sequence[Item]], Script[list[Result | Exception]]]
    ) -> None:
        self._database = database
        self._script = script
        self._waiting: dict[str, list[_Waiting[Item, Result]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def write(self, workspace_id: str, item: Item) -> Result:
        """Return once it is committed.

        A caller that is cancelled stops waiting; what it asked for is still done.
        :raises UnavailableError: the database cannot be written, or has been closed
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Result] = loop.create_future()
        if workspace_id not in self._waiting:
            self._waiting[workspace_id] = []
            task = loop.create_task(self._write_all(workspace_id))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        self._waiting[workspace_id].append((item, future))
        return await future

    async def _write_all(self, workspace_id: str) -> None:
        waiting = self._waiting[workspace_id]
        try:
            while waiting:
                taken = waiting[:_MOST]
                del waiting[:_MOST]
                try:
                    await self._write(workspace_id, taken)
                except UnavailableError as error:
                    # Those behind have waited as long, and Slack gives them three seconds.
                    _refuse([*taken, *waiting], error)
                    waiting.clear()
                except BaseException as error:
                    _refuse([*taken, *waiting], error)
                    raise
        finally:
            del self._waiting[workspace_id]

    async def _write(self, workspace_id: str, taken: Sequence[_Waiting[Item, Result]]) -> None:
        items = [item for item, _ in taken]
        try:
            results = await self._database.write_many(len(items), self._script, workspace_id, items)
        except UnavailableError:
            raise
        except Exception as error:
            if len(taken) == 1:
                _refuse(taken, error)
                return
            for each in taken:
                await self._write(workspace_id, [each])
            return
        for (_, future), result in zip(taken, results, strict=True):
            if future.done():
                continue
            if isinstance(result, Exception):
                future.set_exception(result)
            else:
                future.set_result(result)


def _refuse(taken: Sequence[_Waiting[Item, Result]], error: BaseException) -> None:
    for _, future in taken:
        if not future.done():
            future.set_exception(error)
