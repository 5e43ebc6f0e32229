"""Who calls: a person by a personal token, a system by OAuth2, a browser by its session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from oauth2_provider.contrib.rest_framework import OAuth2Authentication
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from accounts.domain.tokens import verify_token
from accounts.models import PersonalToken, User
from web.api.areas import AREAS, OF_EACH, READ, SCOPES, WRITE, allowing, area_at

if TYPE_CHECKING:
    from rest_framework.views import APIView

PREFIX = "postil_"


class PersonalTokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer postil_…`, made on the account page. Other bearer tokens are left to OAuth2."""

    def authenticate(self, request: Request) -> tuple[User, PersonalToken] | None:
        scheme, _, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer" or not secret.startswith(PREFIX):
            return None
        token = verify_token(secret.strip())
        if token is None:
            raise AuthenticationFailed("This token is not known, has expired or was revoked. Make a new one.")
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class SystemAuthentication(OAuth2Authentication):
    """`Authorization: Bearer …` from /oauth/token/. A system without a person acts as the one who registered it."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        found: tuple[Any, Any] | None = super().authenticate(request)
        if found is None or found[0] is not None:
            return found
        application = found[1].application
        return (application.user, found[1]) if application and application.user else None


class ScopeAllows(BasePermission):
    """A token reads, and changes things, in the areas that its scopes name; a session does what its person may."""

    message = "This token may only read. Make one that may also change things."

    def has_permission(self, request: Request, view: APIView) -> bool:
        token, reads = request.auth, request.method in SAFE_METHODS
        if token is None:
            return True
        if isinstance(token, PersonalToken):
            return self._is_in_area(token, area_of(request)) and (reads or token.scope == PersonalToken.Scope.WRITE)
        wanted = allowing(area_of(request), reads=reads)
        self.message = f"This token needs one of the scopes {', '.join(wanted)}."
        return not set(wanted).isdisjoint(str(getattr(token, "scope", "")).split())

    def _is_in_area(self, token: PersonalToken, area: str) -> bool:
        """Jobs come from every area, and the description of the interface is for all."""
        allowed = token.areas.split()
        if not allowed or area in (*allowed, OF_EACH, ""):
            return True
        self.message = f"This token is limited to {', '.join(allowed)}."
        return False


def area_of(request: Request) -> str:
    """The area of the call; "" at the addresses that describe the interface."""
    match: Any = request.resolver_match
    return area_at(match.func, str(request.method)) if match else ""


class PersonalTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # -- the library has no types
    """How the schema describes personal tokens."""

    target_class = PersonalTokenAuthentication
    name = "personalToken"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "A personal token, made on the account page."}


class SystemScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # -- as above
    """How the schema describes OAuth2 for systems."""

    target_class = SystemAuthentication
    name = "oauth2"

    def get_security_definition(self, auto_schema: object) -> dict[str, object]:
        return {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "/oauth/token/", "scopes": SCOPES}}}

    def get_security_requirement(self, auto_schema: Any) -> dict[str, list[str]]:
        act = READ if auto_schema.method in SAFE_METHODS else WRITE
        area = getattr(auto_schema.view, "area", "")
        return {self.name: [f"{area}:{act}" if area in AREAS else act]}
