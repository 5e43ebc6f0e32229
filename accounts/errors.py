"""What can be wrong with a request about people."""

from __future__ import annotations


class AccountError(Exception):
    """A request about people that cannot be met; its text is a sentence for whoever asked."""


class NotAnEmailAddress(AccountError):
    def __init__(self, email: str) -> None:
        super().__init__(f"“{email}” is not an email address. Write it like name@example.org.")
