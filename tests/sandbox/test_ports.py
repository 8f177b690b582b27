"""Ports kept for a program that will listen in a moment."""

import asyncio
import socket
import sys

import pytest

from sandbox.ports import HOST, PortInUseError, ReservedPort, listen


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a port can only be found, not kept")
def test_nobody_else_is_given_a_kept_port() -> None:
    kept = [ReservedPort() for _ in range(50)]
    given = {given_port() for _ in range(20_000)}
    assert given.isdisjoint({port.number for port in kept})
    for port in kept:
        port.release()


def given_port() -> int:
    with listen(0) as found:
        number: int = found.getsockname()[1]
        return number


async def test_who_is_told_of_it_listens_there_again_and_again() -> None:
    with ReservedPort() as port:
        for _ in range(2):
            async with await asyncio.start_server(lambda _reader, writer: writer.close(), HOST, port):
                reader, writer = await asyncio.open_connection(HOST, port)
                assert await reader.read() == b""
                writer.close()


def test_until_then_nothing_answers_there() -> None:
    with ReservedPort() as port, pytest.raises(ConnectionRefusedError):
        socket.create_connection((HOST, port))


def test_a_port_at_which_somebody_listens_is_refused() -> None:
    with listen(0) as first:
        first.listen()
        with pytest.raises(PortInUseError):
            listen(first.getsockname()[1])
