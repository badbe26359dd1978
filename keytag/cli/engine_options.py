"""The options that name who makes the files: the same words in every verb that makes many."""

from __future__ import annotations

from typing import Annotated

import typer

Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, max=256, help="Processes that make files.")]
Scheduler = Annotated[str, typer.Option(metavar="ADDRESS", help="A Dask scheduler that has the files made: tcp://…")]
