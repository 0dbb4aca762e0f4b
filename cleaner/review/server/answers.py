"""What is said where something cannot be shown or done, without a word of what was asked."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

Found = TypeVar("Found")
# SQLite holds no whole number of 19 digits but a few.
_NUMBER_RE = re.compile(r"\d{1,18}", re.ASCII)


def found(value: Found | None) -> Found:
    """What was found.

    Raises:
        HTTPException: nothing was.
    """
    if value is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return value


def number(text: str) -> int:
    """A whole number in an address.

    Raises:
        HTTPException: it is none.
    """
    if not _NUMBER_RE.fullmatch(text):
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return int(text)


def refusal(_: Request, error: Exception) -> Response:
    """The answer to what is not there or not allowed."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    return PlainTextResponse(f"{HTTPStatus(status).phrase.lower()}\n", status)


def told(_: Request, error: Exception) -> Response:
    """The answer where the caller can mend something: to a page, which shows it as text."""
    return JSONResponse({"error": str(error)}, HTTPStatus.CONFLICT)
