"""REST v1, under /api/v1/: the addresses of each area, and those that describe them."""

from __future__ import annotations

from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

from web.api.areas import OF_EACH, addresses_of
from web.api.docs import ApiDescription, ApiDocs
from web.api.errors import no_such_address
from web.api.urls import content, grades, hooks, jobs, learning, people

app_name = "api"
urlpatterns = [
    *addresses_of("content", content.urlpatterns),
    *addresses_of("learning", learning.urlpatterns, changed_in=dict.fromkeys(content.CHANGED_HERE, "content")),
    *addresses_of("grades", grades.urlpatterns),
    *addresses_of("people", people.urlpatterns),
    *addresses_of("hooks", hooks.urlpatterns),
    *addresses_of(OF_EACH, jobs.urlpatterns),
    path("schema/", ApiDescription.as_view(), name="schema"),
    path("docs/", ApiDocs.as_view(), name="docs"),
    # Who brings a token has no page and so no CSRF token: they too are told that there is nothing.
    re_path(r"^.*$", csrf_exempt(no_such_address)),
]
