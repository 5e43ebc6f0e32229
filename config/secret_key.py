"""The signing key of an installation that was started without one."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def kept_secret_key(folder: Path) -> str:
    """The key kept in `folder`, made on first use, readable by its owner alone. Two first starts agree on one.

    Raises ImproperlyConfigured where it cannot be written or read, as by another user than who started first.
    """
    path = folder / "secret-key"
    try:
        return _kept_in(path)
    except OSError as error:
        raise ImproperlyConfigured(f"The signing key {str(path)!r} cannot be used: {error.strerror}.") from error


def _kept_in(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"secret-key.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50), encoding="ascii")
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text(encoding="ascii").strip()
