"""One process of the bot, or two on one database."""

from sandbox.bot_process import BotProcess
from sandbox.running import RunningSandbox


class Bots:
    """The processes, each of which can be killed and started again."""

    def __init__(self, sandbox: RunningSandbox, processes: int) -> None:
        self._sandbox = sandbox
        self.processes: list[BotProcess] = []
        for _ in range(processes):
            self.processes.append(sandbox.another_bot(self._all_connected))
        self._wanted = 0

    async def start(self) -> None:
        """Start all of them."""
        for each in self.processes:
            self._wanted += 1
            await each.start()

    async def stop(self) -> None:
        """End all of them with SIGTERM."""
        for each in self.processes:
            await each.stop()

    async def _all_connected(self) -> bool:
        socket_mode = self._sandbox.socket_mode
        if socket_mode is None:
            return await self._sandbox.delivery.is_connected()
        return socket_mode.connections >= self._wanted
