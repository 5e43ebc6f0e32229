"""The one error of reading: a source nobody can make an article of."""

from __future__ import annotations


class UnreadableSource(Exception):
    """The source cannot be read; `code` is stable, `message` is one sentence or two that end with the next step."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
