"""Why a backup was not made or not brought back."""

from __future__ import annotations


class BackupError(Exception):
    """The message says what was the matter and what to do. Nothing was changed."""


class NotABackup(BackupError):
    """The file is no backup, or of a format that this version does not read."""


class BackupDamaged(BackupError):
    """The file is not as it was when it was made."""


class NotRestorable(BackupError):
    """The backup is whole, and this database or this version cannot take it."""
