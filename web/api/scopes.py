"""The scopes that a system may ask for."""

from __future__ import annotations

from typing import Any

from oauth2_provider.scopes import BaseScopes

from web.api.areas import READ, SCOPES


class AreaScopes(BaseScopes):
    """Those of the areas. Who asks for none may read."""

    def get_all_scopes(self) -> dict[str, str]:
        return dict(SCOPES)

    def get_available_scopes(self, *args: Any, **kwargs: Any) -> list[str]:
        return list(SCOPES)

    def get_default_scopes(self, *args: Any, **kwargs: Any) -> list[str]:
        return [READ]
