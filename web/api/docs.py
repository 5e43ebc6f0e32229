"""The API's documentation page: Swagger UI from our own host, its script in a file of its own."""

from __future__ import annotations

from typing import Any

from csp.decorators import csp_update
from django.utils.decorators import method_decorator
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny


# Swagger UI writes style attributes. Nothing that a person typed is shown on this page.
@method_decorator(csp_update({"style-src": ["'unsafe-inline'"]}), name="dispatch")
class ApiDocs(SpectacularSwaggerSplitView):
    permission_classes = (AllowAny,)
    authentication_classes: tuple[Any, ...] = ()
    url_name = "api:schema"
