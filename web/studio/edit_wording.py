"""Edits of a text and its lessons in words."""

from __future__ import annotations

from course.models import EditKind

WORDS = {
    EditKind.KEEP: "kept a line",
    EditKind.DROP: "left a line out",
    EditKind.RECAST: "changed what a line is",
    EditKind.SPLIT: "began a part",
    EditKind.MERGE: "joined a part with the next",
    EditKind.RENAME: "renamed a part",
    EditKind.MOVE: "moved a part",
    EditKind.BREAK: "moved where a part begins",
}


def said_of(kind: str) -> str:
    """What was done, such as "left a line out"; follows a name or "You"."""
    return WORDS[EditKind(kind)]
