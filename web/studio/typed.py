"""Words as people type them into a field that is no form's."""

from __future__ import annotations

from django.http import QueryDict


def words_in(sent: QueryDict, name: str) -> str:
    """What was typed under this name, without blanks around it, and without the one character no database keeps."""
    return sent.get(name, "").replace("\x00", "").strip()
