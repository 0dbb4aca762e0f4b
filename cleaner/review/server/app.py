"""The addresses of the server, and what is answered at each."""

from __future__ import annotations

import re
import sqlite3
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar
from urllib.parse import quote, unquote

from pydantic import BaseModel, ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import Route
from starlette.types import ASGIApp

from cleaner.errors import CleanerError
from cleaner.model import Label
from cleaner.report.places import INDEX, numbers_of
from cleaner.review.index import run_view
from cleaner.review.judge import judge
from cleaner.review.names import reviewer_name
from cleaner.review.runs import Reviewed
from cleaner.review.server import pages
from cleaner.review.server.answers import found, number, refusal, told
from cleaner.review.server.bodies import NameBody, UndoBody, VerdictBody
from cleaner.review.server.guard import ENTRY, Guard
from cleaner.review.server.session import Session
from cleaner.review.server.state import state
from cleaner.review.store import last_act, undo

Body = TypeVar("Body", bound=BaseModel)
FORM_HEADER = "x-cleaner-form"
_ASSETS = ("cleaner.report", "cleaner.review.server")
_TYPES = {"css": "text/css", "js": "text/javascript"}
_DATA_RE = re.compile(r"[a-z]{1,20}-\d{1,9}\.js")


def application(run: Reviewed, session: Session, reviewer: str) -> ASGIApp:
    """The server of a run; `reviewer` is who sits here unless a browser says otherwise."""
    server = _Server(run, session, reviewer)
    get = {
        ENTRY: server.entry,
        f"/{INDEX}": server.index,
        "/queue.html": server.queue,
        "/precision.html": server.precision,
        "/disputed.html": server.disputed,
        "/reviewers.html": server.reviewers,
        "/state": server.state,
        "/line/{document}/{start}": server.line,
        "/documents/{folder}/{page}": server.document,
        "/data/{file}": server.data,
        "/{file}": server.asset,
    }
    post = {
        "/verdicts": server.add_verdict,
        "/undo": server.undo,
        "/reviewer": server.be_reviewer,
    }
    routes = [Route(path, answer, methods=["GET"]) for path, answer in get.items()]
    routes += [Route(path, answer, methods=["POST"]) for path, answer in post.items()]
    known: dict[Any, Any] = {HTTPException: refusal, CleanerError: told, Exception: refusal}
    return Guard(Starlette(routes=routes, exception_handlers=known), session)


@dataclass(frozen=True, slots=True)
class _Server:
    """Answers; what touches a file or the database runs in a thread."""

    run: Reviewed
    session: Session
    reviewer: str

    def entry(self, request: Request) -> Response:
        if not self.session.is_key(request.query_params.get("key", "")):
            raise HTTPException(403)
        response = HTMLResponse(pages.entry())
        response.set_cookie(
            self.session.cookie_name, self.session.cookie, httponly=True, samesite="strict"
        )
        return response

    def index(self, request: Request) -> Response:
        del request
        return HTMLResponse(pages.index(run_view(self.run.index)))

    def queue(self, request: Request) -> Response:
        rule, label = (request.query_params.get(name, "") for name in ("rule", "label"))
        if label and label not in set(Label):
            raise HTTPException(404)
        with self._connected() as connection:
            named = Label(label) if label else None
            page = pages.queue(self.run, connection, self._name(request), rule, named)
        return HTMLResponse(page)

    def precision(self, request: Request) -> Response:
        del request
        with self._connected() as connection:
            return HTMLResponse(pages.rules(self.run, connection))

    def disputed(self, request: Request) -> Response:
        del request
        with self._connected() as connection:
            return HTMLResponse(pages.disputed(self.run, connection))

    def reviewers(self, request: Request) -> Response:
        with self._connected() as connection:
            page = pages.reviewers(connection, self._name(request))
        return HTMLResponse(page)

    def document(self, request: Request) -> Response:
        document, part = found(numbers_of(request.url.path.removeprefix("/")))
        with self._connected() as connection:
            return HTMLResponse(found(pages.document(self.run, connection, document, part)))

    def line(self, request: Request) -> Response:
        document, start = (number(request.path_params[name]) for name in ("document", "start"))
        with self._connected() as connection:
            place = found(pages.place_of_line(self.run, connection, document, start))
        return RedirectResponse(f"/{place}", 303)

    def data(self, request: Request) -> Response:
        name = request.path_params["file"]
        file = self.run.index / "data" / name
        if not _DATA_RE.fullmatch(name) or not file.is_file():
            raise HTTPException(404)
        return Response(file.read_bytes(), media_type=_TYPES["js"])

    def asset(self, request: Request) -> Response:
        content, media_type = found(_assets().get(request.path_params["file"]))
        return Response(content, media_type=media_type)

    def state(self, request: Request) -> Response:
        documents = map(number, request.query_params.getlist("document"))
        with self._connected() as connection:
            known = state(connection, self._name(request), documents)
        return JSONResponse({**known, "form": self.session.form})

    async def add_verdict(self, request: Request) -> Response:
        body = await self._body(request, VerdictBody)
        return await run_in_threadpool(self._judge, body, self._name(request))

    def _judge(self, body: VerdictBody, reviewer: str) -> Response:
        with self._connected() as connection:
            judged = judge(self.run, connection, body.judgement(reviewer))
        return JSONResponse({"act": judged.number, "lines": len(judged.lines)})

    async def undo(self, request: Request) -> Response:
        await self._body(request, UndoBody)
        return await run_in_threadpool(self._undo, self._name(request))

    def _undo(self, reviewer: str) -> Response:
        with self._connected() as connection:
            last = last_act(connection, reviewer)
            if last is None:
                return JSONResponse({"error": "there is nothing to take back"}, 409)
            return JSONResponse({"act": last, "lines": undo(connection, last, reviewer)})

    async def be_reviewer(self, request: Request) -> Response:
        body = await self._body(request, NameBody)
        response = JSONResponse({"reviewer": body.name})
        named = quote(body.name)
        response.set_cookie(self._name_cookie, named, httponly=True, samesite="strict")
        return response

    async def _body(self, request: Request, kind: type[Body]) -> Body:
        """What a page of ours sent."""
        if not self.session.is_form(request.headers.get(FORM_HEADER, "")):
            raise HTTPException(403)
        try:
            return kind.model_validate_json(await request.body())
        except ValidationError:
            raise HTTPException(422) from None

    @property
    def _name_cookie(self) -> str:
        return f"{self.session.cookie_name}-name"

    def _name(self, request: Request) -> str:
        named = request.cookies.get(self._name_cookie)
        try:
            return self.reviewer if named is None else reviewer_name(unquote(named))
        except ValueError:  # a cookie that we did not set
            return self.reviewer

    def _connected(self) -> AbstractContextManager[sqlite3.Connection]:
        return self.run.connected()


@cache
def _assets() -> dict[str, tuple[bytes, str]]:
    """Style sheets and scripts by their names."""
    every = [asset for package in _ASSETS for asset in (files(package) / "assets").iterdir()]
    return {each.name: (each.read_bytes(), _TYPES[each.name.rpartition(".")[2]]) for each in every}
