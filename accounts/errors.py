"""What can be wrong with a request about people."""

from __future__ import annotations


class AccountError(Exception):
    """A request about people that cannot be met; its text is a sentence for whoever asked, `code` is stable."""

    code = "account_error"
    message = "This cannot be done right now."

    def __init__(self, message: str = "") -> None:
        super().__init__(message or self.message)


class NotAnEmailAddress(AccountError):
    code = "not_an_email_address"

    def __init__(self, email: str) -> None:
        super().__init__(f"“{email}” is not an email address. Write it like name@example.org.")


class KeyReused(AccountError):
    code = "idempotency_key_reused"
    message = "This Idempotency-Key came with another request before. Give each request a key of its own."


class KeyInFlight(AccountError):
    code = "idempotency_key_in_flight"
    message = "A request with this Idempotency-Key is being answered at this moment. Send it again in a second."
