"""The API's description, and its documentation page: Swagger UI from our own host, its script in a file of its own."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import Any

from csp.decorators import csp_update
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.decorators import method_decorator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request

from web.api.schema import ApiGenerator


# Swagger UI writes style attributes. Nothing that a person typed is shown on this page.
@method_decorator(csp_update({"style-src": ["'unsafe-inline'"]}), name="dispatch")
class ApiDocs(SpectacularSwaggerSplitView):
    permission_classes = (AllowAny,)
    authentication_classes: tuple[Any, ...] = ()
    url_name = "api:schema"


class ApiDescription(SpectacularAPIView):
    """The description of the interface: the same for everybody, so a process writes it once, and it has an `ETag`."""

    @extend_schema(exclude=True)
    def get(self, request: Request, *_: Any, **__: Any) -> HttpResponseBase | None:
        form: Any = type(request.accepted_renderer)
        written, tag = _written(form)
        kind = f"{form.media_type}; charset={form.charset}" if form.charset else form.media_type
        headers = {
            "ETag": tag,
            "Cache-Control": "no-cache",
            "Content-Language": "en",
            "Content-Disposition": f'inline; filename="postil.{form.format}"',
        }
        whole = HttpResponse(written, content_type=kind, headers=headers)
        return get_conditional_response(request, etag=tag, response=whole)


@cache
def _written(form: Any) -> tuple[bytes, str]:
    """The description in this form, as bytes, and its entity tag. It is in English, whoever asks first."""
    make: Any = ApiGenerator
    with translation.override("en"):
        written: bytes = form().render(make().get_schema(request=None, public=True), renderer_context={})
    return written, f'"{sha256(written).hexdigest()[:32]}"'
