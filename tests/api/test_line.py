"""Slow, silent and broken clients are let go, and others don't notice."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import httpx2
import pytest
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse, StreamingResponse
from kapacitet_api import line
from kapacitet_api.serving import listening
from kapacitet_api.settings import Settings

LARGE = 40_000_000


def app() -> FastAPI:
    """Answers at once, with much, and with what it was sent."""
    made = FastAPI()

    @made.get("/")
    def at_once() -> PlainTextResponse:
        return PlainTextResponse("her")

    @made.get("/meget")
    def much() -> StreamingResponse:
        return StreamingResponse(iter([b"x" * 100_000] * (LARGE // 100_000)))

    @made.post("/")
    async def back(request: Request) -> PlainTextResponse:
        return PlainTextResponse(str(len(await request.body())))

    return made


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A server that is less patient than the real one."""
    monkeypatch.setattr(line, "HEAD", 1.0)
    monkeypatch.setattr(line, "WRITE", 2.0)
    monkeypatch.setattr(line, "LOOK", 0.5)
    with listening(Settings(port=0)) as listener:
        config = uvicorn.Config(app(), http=line.Line, log_config=None, access_log=False, timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=asyncio.run, args=(server.serve(sockets=[listener]),))
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield listener.getsockname()[1]
        server.should_exit = True
        thread.join(10)
        assert not thread.is_alive()


def talk(port: int) -> socket.socket:
    """A connection."""
    made = socket.create_connection(("127.0.0.1", port))
    made.settimeout(10)
    return made


def rest(line: socket.socket) -> bytes:
    """All that comes until the server closes."""
    found = b""
    while part := line.recv(65536):
        found += part
    return found


def problem(answer: bytes) -> dict[str, Any]:
    """The problem that is answered."""
    head, body = answer.split(b"\r\n\r\n", 1)
    assert b"application/problem+json" in head and b"connection: close" in head.lower()
    told: dict[str, Any] = json.loads(body)
    assert head.startswith(f"HTTP/1.1 {told['status']} ".encode())
    return told


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: a\r\nX-A: "])
def test_a_head_that_does_not_come(port: int, sent: bytes) -> None:
    with talk(port) as slow:
        slow.sendall(sent)
        assert problem(rest(slow))["status"] == 408


def test_a_head_that_drips(port: int) -> None:
    with talk(port) as slow:
        began = time.monotonic()
        with pytest.raises(OSError):
            for _ in range(100):
                slow.sendall(b"G")
                time.sleep(0.05)
        assert time.monotonic() - began < 4


def test_a_second_head_that_does_not_come(port: int) -> None:
    with talk(port) as slow:
        slow.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        found = b""
        while not found.endswith(b"her"):
            found += slow.recv(65536)
        slow.sendall(b"GET / HTTP/1.1\r\nHo")
        assert problem(rest(slow))["status"] == 408


def test_a_body_that_drips(port: int) -> None:
    with talk(port) as slow:
        slow.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n")
        with pytest.raises(OSError):
            for _ in range(100):
                slow.sendall(b"x")
                time.sleep(0.05)


def test_a_body_that_stops(port: int) -> None:
    with talk(port) as slow:
        slow.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\nabc")
        assert problem(rest(slow))["detail"].startswith("Indholdet kom for langsomt")


def test_a_body_that_is_slow_enough_is_read(port: int) -> None:
    with talk(port) as slow:
        slow.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 30000\r\n\r\n")
        for _ in range(30):
            slow.sendall(b"x" * 1000)
            time.sleep(0.03)
        assert rest(slow).endswith(b"30000")


def test_an_answer_that_is_not_taken(port: int) -> None:
    with talk(port) as slow:
        slow.sendall(b"GET /meget HTTP/1.1\r\nHost: a\r\n\r\n")
        time.sleep(5)
        found = 0
        try:
            while part := slow.recv(65536):
                found += len(part)
        except ConnectionResetError:
            pass
        assert found < LARGE


def test_an_answer_that_is_taken_slowly_comes_whole(port: int) -> None:
    with talk(port) as slow:
        slow.sendall(b"GET /meget HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        found = 0
        while part := slow.recv(65536):
            found += len(part)
            if found < 1_500_000:
                time.sleep(0.1)
        assert found >= LARGE


@pytest.mark.parametrize(
    "sent", [b"hej\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", b"GET /\xff HTTP/1.1\r\n\r\n"]
)
def test_what_is_no_http(port: int, sent: bytes) -> None:
    with talk(port) as broken:
        broken.sendall(sent)
        assert problem(rest(broken))["status"] == 400


def test_others_do_not_notice(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with ExitStack() as held, httpx2.Client(base_url=f"http://127.0.0.1:{port}") as quick:
        for _ in range(200):
            held.enter_context(talk(port)).sendall(b"GET / HTTP/1.1\r\nHo")
        for _ in range(20):
            assert quick.get("/").text == "her"
        monkeypatch.setattr(line, "MOST", 5)
        with talk(port) as one_more:
            assert problem(rest(one_more))["status"] == 503
        time.sleep(2.5)
        assert httpx2.get(f"http://127.0.0.1:{port}/").text == "her", "the slow ones are gone"
