"""How a verb leaves with an exit code of its own once all is said, whether typer or nobody read its options."""

from __future__ import annotations


class Leave(Exception):
    """Leave with `code`; nothing is left to say."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code
