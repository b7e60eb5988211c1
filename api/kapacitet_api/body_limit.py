"""Refusing bodies that are too large while they come in, before they fill the memory."""

from __future__ import annotations

import re

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kapacitet_api.problems import Problem

MEGABYTE = 1024 * 1024
ZIP = "application/zip"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES = {ZIP: ".zip", WORKBOOK: ".xlsx"}
"""Content types a region is sent as, and the endings of their files."""
_UPLOAD = re.compile(r"/api/v1/regions/[^/]+/datasets/?")


class BodyLimit:
    """ASGI middleware that answers 413 when too much is sent, told beforehand or not.

    A dataset may be ``most`` bytes, and is streamed to a file; all else is text, read at once: a megabyte.
    """

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app, self._most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        most = self._most if _is_dataset(scope, headers) else min(self._most, MEGABYTE)
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


def _is_dataset(scope: Scope, headers: dict[bytes, bytes]) -> bool:
    return (
        scope["method"] == "POST"
        and _UPLOAD.fullmatch(scope["path"]) is not None
        and media_type(headers.get(b"content-type", b"").decode("latin-1")) in FILES
    )


def media_type(header: str) -> str:
    """A Content-Type without its parameters."""
    return header.split(";", 1)[0].strip().lower()
