"""How mail leaves: a `POSTIL_EMAIL_URL` turned into Django's settings."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

SCHEMES = ("console", "file", "smtp", "smtp+tls", "smtps", "memory")


def mail_from_url(url: str) -> dict[str, Any]:
    """Django's EMAIL_ settings for `console:`, `memory:`, `file:///folder` or `smtp[+tls|s]://user:password@host:port`."""
    parts = urlsplit(url)
    backend = {"console": "console", "file": "filebased", "memory": "locmem"}.get(parts.scheme, "smtp")
    settings: dict[str, Any] = {"EMAIL_BACKEND": f"django.core.mail.backends.{backend}.EmailBackend"}
    if backend == "filebased":
        settings["EMAIL_FILE_PATH"] = unquote(parts.path)
    if backend == "smtp":
        settings |= {
            "EMAIL_HOST": parts.hostname or "localhost",
            "EMAIL_PORT": parts.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[parts.scheme],
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
            "EMAIL_USE_SSL": parts.scheme == "smtps",
            "EMAIL_TIMEOUT": 10,
        }
    return settings
