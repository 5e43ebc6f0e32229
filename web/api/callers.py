"""The person behind a request that a permission let in."""

from __future__ import annotations

from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from accounts.models import User


def caller(request: Request) -> User:
    """Who calls. A system without a person behind its token is nobody."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user
