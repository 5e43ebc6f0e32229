"""`ETag`, `If-Match` and `If-None-Match`: nothing is changed that its caller has not seen as it is.

What a GET shows has a tag, made of what is shown. A view of something that is edited answers its GET with `tagged`,
and changes it in a transaction that begins with `seen`, which locks the row and compares:

    def get(self, request, uuid):
        return tagged(request, NoteSerializer(get_object_or_404(notes, uuid=uuid)).data)

    @transaction.atomic
    def patch(self, request, uuid):
        note = seen(request, notes, NoteSerializer, uuid=uuid)
        ...
        return tagged(request, NoteSerializer(note).data)
"""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.http import parse_etags
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.permissions import SAFE_METHODS
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

Row = TypeVar("Row", bound=Model)


class ChangedMeanwhile(APIException):
    """The caller changes what it has not seen as it is now."""

    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_code = "changed_meanwhile"
    default_detail = "This has been changed since you looked at it. Look again, and then change it."


def tag_of(shown: Any) -> str:
    """The entity tag of what a serializer shows, quoted; the same for whatever is the same JSON."""
    plain = json.loads(JSONRenderer().render(shown) or b"null")
    return f'"{sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:32]}"'


def tagged(request: Request, shown: Any, *, status: int = 200) -> Response:
    """The answer that shows this, with its tag; 304 without a body when the caller reads and has it already."""
    headers = {"ETag": tag_of(shown)}
    if request.method in SAFE_METHODS and _is_named(headers["ETag"], request.headers.get("If-None-Match", "")):
        return Response(status=304, headers=headers)
    return Response(shown, status=status, headers=headers)


def require_seen(request: Request, shown: Any) -> None:
    """Returns when the caller's `If-Match` names what is shown now, or there is none; raises ChangedMeanwhile.

    Whoever calls this holds a lock, until its transaction ends, on whatever is shown.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("What is compared outside of the transaction that changes it can change in between.")
    wanted = request.headers.get("If-Match")
    if wanted is None or wanted.strip() == "*":
        return
    if tag_of(shown) not in parse_etags(wanted):
        raise ChangedMeanwhile


def seen(request: Request, rows: QuerySet[Row], show: Callable[[Row], Any], **lookup: Any) -> Row:
    """The row of these, locked until the transaction ends, as the caller saw it.

    `show` is the serializer that the GET of the same address answers with. 404 where there is none; raises
    ChangedMeanwhile. Two statements.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A row is locked for as long as a transaction lasts, and there is none.")
    wanted = rows.filter(**lookup)
    # The rows may be joined, grouped or distinct, which PostgreSQL does not lock; and what they hold is read after.
    list(rows.model._default_manager.select_for_update().filter(pk__in=wanted.values("pk")).values_list("pk"))  # noqa: SLF001 -- the documented name
    row = get_object_or_404(wanted)
    require_seen(request, _shown(show(row)))
    return row


def _shown(made: Any) -> Any:
    return getattr(made, "data", made)


def _is_named(tag: str, header: str) -> bool:
    """Whether `If-None-Match` names the tag, by the weak comparison of RFC 9110, 13.1.2."""
    named = parse_etags(header)
    return named == ["*"] or tag in [each.removeprefix("W/") for each in named]
