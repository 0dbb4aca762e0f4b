"""Stands before all pages: lets in only what comes from a browser that was given the key."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cleaner.report.pages import POLICY
from cleaner.review.server.session import Session

LONGEST_BODY_BYTES = 64_000
PAGE_POLICY = f"{POLICY}; connect-src 'self'"
"""What pages may load, as far as they can say so themselves."""
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": f"{PAGE_POLICY}; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
ENTRY = "/"
_READING = frozenset({"GET", "HEAD"})
# What browsers send for addresses that are typed or opened from elsewhere, and from our own pages.
_OUR_SITE = frozenset({"none", "same-origin"})


class Guard:
    """Refuses what is not ours, in words that repeat nothing of what was asked."""

    def __init__(self, app: ASGIApp, session: Session) -> None:
        self._app = app
        self._session = session

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)  # there are no WebSockets, which refuses them
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        refused = self._refused(Request(scope))
        if refused is None:
            receive_again = await _whole_body(receive)
            if receive_again is not None:
                await self._app(scope, receive_again, send_guarded)
                return
            refused = PlainTextResponse("too much at once\n", 413)
        await refused(scope, receive, send_guarded)

    def _refused(self, request: Request) -> Response | None:
        """The answer to a request that is not let in; None for others."""
        headers, session = request.headers, self._session
        if not session.is_host(headers.get("host", "")):
            return PlainTextResponse("not the address of this server\n", 421)
        is_entry = request.url.path == ENTRY and request.method in _READING
        if headers.get("sec-fetch-site", "none") not in _OUR_SITE and not is_entry:
            return PlainTextResponse("not asked for by a page of this server\n", 403)
        if request.method not in _READING and headers.get("origin") != f"http://{headers['host']}":
            return PlainTextResponse("not sent by a page of this server\n", 403)
        if is_entry or session.is_cookie(request.cookies.get(session.cookie_name, "")):
            return None
        return PlainTextResponse(
            "this browser is not known here: open the address that `cleaner review` printed\n", 403
        )


async def _whole_body(receive: Receive) -> Receive | None:
    """What receives the body again; None where it is too long."""
    messages: list[Message] = []
    size = 0
    while True:
        message = await receive()
        messages.append(message)
        size += len(message.get("body", b""))
        if size > LONGEST_BODY_BYTES:
            return None
        if not message.get("more_body", False):
            break

    async def again() -> Message:
        return messages.pop(0) if messages else await receive()

    return again
