"""What a request says of who asks, and of what: the same at every door."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest

from accounts.models import User


def signed_in(request: HttpRequest) -> User:
    """Who asks, where only somebody who is signed in can."""
    return cast("User", request.user)


def uuid_in(text: Any) -> UUID | None:
    """The public id that the text is; None for any other text, and for whatever is none."""
    try:
        return UUID(text) if isinstance(text, str) else None
    except ValueError:
        return None
