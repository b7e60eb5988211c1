"""The server's end of a connection, which doesn't wait for ever: slow and silent clients are let go.

uvicorn waits without end for the head of a request, for its body, and for a client to take an answer; a thousand
such connections would be all there can be. Here each has its time, and what the server itself refuses is answered as
a problem, like everything else.
"""

from __future__ import annotations

import array
import asyncio
import fcntl
import resource
import termios
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from kapacitet_api.problems import Problem

HEAD, WRITE = 10.0, 60.0
"""Seconds a client has to send the head of a request, and to take any of an answer that is ready."""
LOOK, SLOWEST = 5.0, 1024
"""Seconds between two looks at a connection, and bytes a second of a body that is slow but not too slow."""
OTHER_FILES = 200
MOST = max(20, min(1000, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - OTHER_FILES))
"""Connections at a time."""


class Line(H11Protocol):
    """A connection that is looked at every few seconds for as long as it lasts."""

    _look: asyncio.TimerHandle | None = None
    _head_since: float | None = None
    _write_since: float | None = None
    _received = 0
    _in_body = False
    _unsent = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client is here."""
        super().connection_made(transport)
        self._head_since = self.loop.time()
        if len(self.connections) > MOST:
            self._refuse("unavailable", "Der er for mange forbindelser lige nu. Prøv igen om lidt.")
            return
        self._look = self.loop.call_later(LOOK, self._watch)

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone."""
        if self._look is not None:
            self._look.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bytes have come."""
        self._received += len(data)
        super().data_received(data)
        self._note_head()

    def on_response_complete(self) -> None:
        """An answer is sent; the next request's head may have begun to come."""
        super().on_response_complete()
        self._note_head()

    def pause_writing(self) -> None:
        """The client doesn't take what is sent."""
        self._write_since, self._unsent = self.loop.time(), self._left()
        super().pause_writing()

    def resume_writing(self) -> None:
        """The client has taken it."""
        self._write_since = None
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """What came isn't HTTP."""
        self._refuse("malformed", "Det, der er sendt, er ikke en gyldig HTTP-forespørgsel.")

    def _note_head(self) -> None:
        """Remember since when part of a head has lain here; between requests uvicorn itself closes the connection."""
        waiting = self.conn.their_state is h11.IDLE and bool(self.conn.trailing_data[0])
        self._head_since = (self._head_since or self.loop.time()) if waiting else None

    def _watch(self) -> None:
        now, received, for_long = self.loop.time(), self._received, self._in_body
        self._received, self._in_body = 0, self.conn.their_state is h11.SEND_BODY and not self.flow.read_paused
        if self.transport.is_closing():
            self._abort_if_stuck(now)
        elif self._head_since is not None and now - self._head_since >= HEAD:
            self._refuse("timeout", "Forespørgslen kom ikke hel frem i tide.")
        elif self._write_since is not None:
            self._abort_if_stuck(now)
        elif for_long and self._in_body and received < SLOWEST * LOOK:
            self._refuse("timeout", "Indholdet kom for langsomt.")
        self._look = self.loop.call_later(LOOK, self._watch)

    def _abort_if_stuck(self, now: float) -> None:
        """Drop the connection when nothing of what is ready has been taken for long."""
        left = self._left()
        if self._write_since is None or left != self._unsent:
            self._write_since, self._unsent = now, left
        elif now - self._write_since >= WRITE:
            self.transport.abort()

    def _left(self) -> int:
        """Bytes that the system holds and the client hasn't taken; asyncio itself sees only megabytes go."""
        number = array.array("i", [0])
        fcntl.ioctl(self.transport.get_extra_info("socket").fileno(), termios.TIOCOUTQ, number)
        return number[0]

    def _refuse(self, kind: str, detail: str) -> None:
        """Answer with a problem, if nothing is answered yet, and close."""
        cycle = getattr(self, "cycle", None)  # None before the first request, whatever uvicorn declares
        if cycle is not None and not cycle.response_complete:
            cycle.disconnected = True
            cycle.message_event.set()
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            self._send(Problem(kind, detail))
        self.transport.close()

    def _send(self, problem: Problem) -> None:
        answer = problem.response()
        headers: list[tuple[bytes, bytes]] = [*answer.raw_headers, (b"connection", b"close")]
        events: tuple[Any, ...] = (
            h11.Response(status_code=answer.status_code, headers=headers),
            h11.Data(data=bytes(answer.body)),
            h11.EndOfMessage(),
        )
        for event in events:
            self.transport.write(self.conn.send(event) or b"")
