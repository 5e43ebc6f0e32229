"""`Idempotency-Key`: a POST that is sent again is answered as the first time, and does nothing twice."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any, TypeVar

from django.db import transaction
from django.utils.datastructures import MultiValueDict
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.domain.keyed_calls import GivenReply, NamedCall, keep_reply, reply_before
from web.api.callers import caller

HEADER = "Idempotency-Key"
LONGEST_KEY = 200
_PLAIN = re.compile(r"[\x20-\x7e]*")
Post = TypeVar("Post", bound=Callable[..., Response])


def once(post: Post) -> Post:
    """The view's `post`, done once for each key of a caller: what it answers with 2xx is kept and given again.

    With a key, all it does is one transaction, so an error leaves nothing behind and the key free. Every `post` of the
    interface is wrapped by this.
    """

    @wraps(post)
    def answered_once(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = _key(request)
        if not key:
            return post(view, request, *args, **kwargs)
        call = NamedCall(caller(request).pk, key, _digest(request))
        with transaction.atomic():
            before = reply_before(call)
            if before is not None:
                return _again(before)
            response = post(view, request, *args, **kwargs)
            _keep(call, response)
        return response

    answered_once.takes_key = True  # type: ignore[attr-defined]  # -- what the schema and the tests look for
    return answered_once  # type: ignore[return-value]  # -- it is called as what it wraps


def _key(request: Request) -> str:
    key: str = request.headers.get(HEADER, "")
    if len(key) > LONGEST_KEY:
        raise ValidationError({HEADER: [f"At most {LONGEST_KEY} characters."]})
    if not _PLAIN.fullmatch(key):
        raise ValidationError({HEADER: ["Use printable ASCII characters only."]})
    return key


def _keep(call: NamedCall, response: Response) -> None:
    if response.status_code >= 300:
        transaction.set_rollback(True)
        return
    body = JSONRenderer().render(response.data).decode()
    keep_reply(call, GivenReply(response.status_code, body, response.headers.get("Location", "")))


def _again(reply: GivenReply) -> Response:
    headers = {"Idempotent-Replayed": "true"} | ({"Location": reply.location} if reply.location else {})
    return Response(json.loads(reply.body) if reply.body else None, status=reply.status, headers=headers)


def _digest(request: Request) -> str:
    """Of what is called and all that is sent, whatever the order in which an object names its members."""
    digest = sha256(f"{request.method} {request.get_full_path()}\n".encode())
    sent = request.data
    if isinstance(sent, MultiValueDict):
        for name, values in sorted(sent.lists()):
            digest.update(json.dumps(name).encode())
            for value in values:
                _add(value, digest)
    else:
        digest.update(json.dumps(sent, sort_keys=True).encode())
    return digest.hexdigest()


def _add(value: Any, digest: Any) -> None:
    """A field of a form, or what a file holds."""
    if not hasattr(value, "chunks"):
        digest.update(json.dumps(value).encode())
        return
    for chunk in value.chunks():
        digest.update(chunk)
    value.seek(0)
