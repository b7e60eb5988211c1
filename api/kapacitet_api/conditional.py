"""ETags: what a client has already isn't sent again."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from fastapi import Request, Response
from pydantic import BaseModel
from starlette.responses import JSONResponse


def tag_of(*parts: object) -> str:
    """A strong ETag of everything an answer depends on (texts, numbers, hashes); the quotes belong to it."""
    return f'"{hashlib.sha256(json.dumps([str(part) for part in parts]).encode()).hexdigest()[:32]}"'


def has_it(request: Request, tag: str) -> bool:
    """Whether the client has said, with ``If-None-Match``, that it has the answer of this tag (RFC 9110, 13.1.2)."""
    told = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    return tag in told or "*" in told


def unchanged(tag: str, *, shared: bool = False) -> Response:
    """304, to be sent where :func:`has_it`, before the answer is made."""
    return Response(status_code=304, headers=headers(tag, shared=shared))


def headers(tag: str, *, shared: bool = False) -> dict[str, str]:
    """Headers of an answer with a tag: kept by the client alone unless ``shared``, and asked about each time."""
    return {"ETag": tag, "Cache-Control": f"{'public' if shared else 'private'}, no-cache", "Vary": "Accept"}


def answered(request: Request, body: BaseModel | Any) -> Response:
    """JSON of ``body`` with the tag of its bytes, or 304: for what is quick to make."""
    content = body.model_dump(mode="json") if isinstance(body, BaseModel) else body
    response = JSONResponse(content)
    tag = tag_of(bytes(response.body).hex())
    if has_it(request, tag):
        return unchanged(tag)
    response.headers.update(headers(tag))
    return response
