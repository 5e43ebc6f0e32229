"""The signing key of an installation that was started without one."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path


def kept_secret_key(folder: Path) -> str:
    """The key kept in `folder`, made on first use, readable by its owner alone. Two first starts agree on one."""
    path = folder / "secret-key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f"secret-key.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50), encoding="ascii")
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text(encoding="ascii").strip()
