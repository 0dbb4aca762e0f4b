"""Starts the server, on this machine alone unless told otherwise."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from dataclasses import dataclass

import uvicorn

from cleaner.errors import ReviewError, SettingsError
from cleaner.review.runs import Reviewed
from cleaner.review.server.app import application
from cleaner.review.server.session import LOOPBACK, Session, is_loopback

# Verdicts are on the disk when they are answered: nothing is lost by not waiting longer.
_SECONDS_TO_END = 1


@dataclass(frozen=True, slots=True)
class Where:
    """Where to listen; port 0 takes any that is free.

    A host that other machines can reach must be `exposed` on purpose.
    """

    host: str = LOOPBACK
    port: int = 0
    exposed: bool = False


def serve(run: Reviewed, reviewer: str, where: Where, tell: Callable[[str], None]) -> None:
    """Serve a run until interrupted; `tell` hears of the address once it can be opened.

    Raises:
        SettingsError: other machines could reach the host, and may not.
        ReviewError: the port is taken, or the host is none of this machine's.
    """
    if not (where.exposed or is_loopback(where.host)):
        raise SettingsError(
            f"--host {where.host}: other machines could reach it, and nothing is encrypted; add"
            " --expose if they may, or reach this machine by `ssh -L` and leave out --host"
        )
    with listening(where.host, where.port) as listener:
        session = Session(listener.getsockname()[1], where.host)
        tell(session.address)
        server_of(run, session, reviewer).run(sockets=[listener])


def server_of(run: Reviewed, session: Session, reviewer: str) -> uvicorn.Server:
    """The server of a run, to be run on a socket that listens."""
    config = uvicorn.Config(
        application(run, session, reviewer),
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_SECONDS_TO_END,
    )
    return uvicorn.Server(config)


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens here.

    Raises:
        ReviewError: the port is taken, or the host is none of this machine's.
    """
    try:
        return socket.create_server((host, port), family=_family(host))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ReviewError(
                f"port {port} is taken, perhaps by another `cleaner review`; end that, or name"
                " another port with --port (0: any that is free)"
            ) from None
        raise ReviewError(f"{host}:{port}: cannot be listened to ({error.strerror})") from None


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
