"""How long a page waits before it asks again whether a grade has come. Pure; seconds."""

from __future__ import annotations


def poll_seconds(waited: float) -> int:
    """With a script: 1, then 2, then 4 s."""
    return 1 if waited < 2 else 2 if waited < 8 else 4


def refresh_seconds(waited: float) -> int:
    """Without: 2, then 5, then 15 s."""
    return 2 if waited < 4 else 5 if waited < 20 else 15
