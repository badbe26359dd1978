"""The preview as a web application: GET only, one host, one secret address, nothing from elsewhere.

Whoever else is on this machine or on a page in the browser must not read a roster: a foreign `Host` (DNS rebinding) is
refused, and without the token in the address there is nothing.
"""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from keytag.base.words import Words
from keytag.files.catalogues import LANGUAGES, words_of
from keytag.preview.board import Board
from keytag.preview.page import SCRIPT, STYLE, page

HOST = "127.0.0.1"
_OWN = "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; "
_END = "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
# A page of the roster's own words: it may show itself, and nothing else.
_GUEST = f"sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; {_END}"
_HEADERS = {
    "content-security-policy": _OWN + _END,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}


class _Headers:
    """Puts the headers on every answer that has none of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = list(message.get("headers", []))
                there = {name.lower() for name, _ in given}
                more = [(k.encode(), v.encode()) for k, v in _HEADERS.items() if k.encode() not in there]
                message["headers"] = [*given, *more]
            await send(message)

        await self.app(scope, receive, headed)


def application(board: Board, token: str, language: str) -> Starlette:
    """The application for `board`; all of it lies under `/token/`, in `language` where a page asks for no other.

    Handlers are plain functions: each runs in a thread, so that drawing one picture keeps no other request waiting.
    """

    def words(request: Request) -> Words:
        asked = request.query_params.get("lang", language)
        return words_of(asked if asked in LANGUAGES else language)

    def index(request: Request) -> Response:
        return Response(page(words(request)), media_type="text/html")

    def state(request: Request) -> Response:
        if request.query_params.get("after") == str(board.version):
            return Response(status_code=204)
        return JSONResponse(board.state(words(request)))

    def picture(request: Request) -> Response:
        drawn = board.picture(Path(request.path_params["name"]).stem, request.query_params.get("product", ""))
        return Response(drawn, media_type="image/svg+xml") if drawn is not None else Response(status_code=404)

    def phone(request: Request) -> Response:
        made = board.phone_page(request.path_params["key"], words(request))
        if made is None:
            return Response(status_code=404)
        if isinstance(made, str):
            return Response(made, media_type="text/plain; charset=utf-8", headers={"content-security-policy": _GUEST})
        return Response(made, media_type="text/html", headers={"content-security-policy": _GUEST})

    def style(_: Request) -> Response:
        return Response(STYLE, media_type="text/css")

    def script(_: Request) -> Response:
        return Response(SCRIPT, media_type="text/javascript")

    routes = [
        Route("/", index, methods=["GET"]),
        Route("/state.json", state, methods=["GET"]),
        Route("/style.css", style, methods=["GET"]),
        Route("/app.js", script, methods=["GET"]),
        Route("/tag/{name}", picture, methods=["GET"]),
        Route("/phone/{key}", phone, methods=["GET"]),
    ]
    guards = [
        Middleware(_Headers),
        Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"], www_redirect=False),
    ]
    return Starlette(routes=[Mount(f"/{token}", routes=routes)], middleware=guards)
