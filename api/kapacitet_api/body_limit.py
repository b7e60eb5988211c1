"""Refusing bodies that are too large while they come in, before they fill the memory."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kapacitet_api.problems import Problem

MEGABYTE = 1024 * 1024
FORM = b"multipart/form-data"


class BodyLimit:
    """ASGI middleware that answers 413 when too much is sent, told beforehand or not.

    A form may bring a file of ``most`` bytes; all else is text, read before it is known who sends it: a megabyte.
    """

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app, self._most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        most = self._most if headers.get(b"content-type", b"").startswith(FORM) else min(self._most, MEGABYTE)
        told = headers.get(b"content-length", b"0")
        if not told.isdigit() or int(told) > most:
            detail = f"Der kan højst sendes {most // MEGABYTE} MB ad gangen her."
            await Problem("too-large", detail).response()(scope, receive, send)
            return
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > most:
                raise HTTPException(413)
            return message

        await self._app(scope, counted, send)
