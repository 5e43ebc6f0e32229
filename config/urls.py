"""Every address of Postil, door by door."""

from __future__ import annotations

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from config import health, metrics
from web.api.views.oauth import Revoke, Token

# One way to sign in, with one set of limits: the admin's own form would have none.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # -- as allauth documents it

handler400 = "config.too_much.bad_request"
handler404 = "config.faults.not_found"
handler500 = "config.faults.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", metrics.shown, name="metrics"),
    path("admin/", admin.site.urls),
    path("accounts/", include("accounts.urls")),
    path("oauth/token/", Token.as_view(), name="oauth-token"),
    path("oauth/revoke/", Revoke.as_view(), name="oauth-revoke"),
    path("api/v1/", include("web.api.urls")),
    path("studio/", include("web.studio.urls")),
    path("", include("web.learner.urls")),
]
