"""The preview's server: it listens on loopback, watches the files, and ends with the port free."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

import uvicorn
from watchfiles import awatch

from keytag.base.errors import UsageError
from keytag.base.words import say
from keytag.files.stamps import stamps
from keytag.preview.app import HOST, application
from keytag.preview.board import Board


def serve(board: Board, port: int, token: str, language: str, tell: Callable[[str], None]) -> None:
    """Serve until interrupted; `tell` gets the page's address once it can be opened. Port 0 takes a free one.

    `UsageError` where the port is another program's.
    """
    board.pictures()
    config = uvicorn.Config(
        application(board, token, language),
        host=HOST,
        port=port,
        log_level="critical",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=1,
        lifespan="off",
    )
    server = uvicorn.Server(config)
    try:
        asyncio.run(_all(server, board, token, tell))
    except SystemExit as error:
        raise UsageError(
            say("port {port} cannot be listened on", port=port), hint=say("another program has it: leave --port out")
        ) from error


async def _all(server: uvicorn.Server, board: Board, token: str, tell: Callable[[str], None]) -> None:
    """The server, and what goes on beside it for as long as it runs."""
    beside = [asyncio.create_task(_announced(server, token, tell)), asyncio.create_task(_watched(board))]
    try:
        await server.serve()
    finally:
        for task in beside:
            task.cancel()
        for task in beside:
            with suppress(asyncio.CancelledError):
                await task


async def _announced(server: uvicorn.Server, token: str, tell: Callable[[str], None]) -> None:
    while not server.started:
        await asyncio.sleep(0.02)
    (_, port, *_) = server.servers[0].sockets[0].getsockname()
    tell(f"http://{HOST}:{port}/{token}/")


async def _watched(board: Board) -> None:
    """Follow the files; those that a change names anew (another template) from then on.

    What is saved while an earlier change is still being drawn comes before the next watch begins: sizes and times tell.
    """
    seen = stamps(board.files)
    await asyncio.to_thread(board.findings)
    while True:
        files = {file.resolve() for file in board.files}
        folders = {file if file.is_dir() else file.parent for file in files}
        watch = awatch(*folders, recursive=False, debounce=60, step=20, rust_timeout=500, yield_on_timeout=True)
        async for _ in watch:
            if stamps(board.files) != seen:
                break
        seen = stamps(board.files)
        await asyncio.to_thread(board.pictures)
        await asyncio.to_thread(board.findings)
