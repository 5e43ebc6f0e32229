"""Edits of a text and its lessons in words."""

from __future__ import annotations

from course.models import EditKind
from language import marked, say

BY_YOU = {
    EditKind.KEEP: marked("You kept a line"),
    EditKind.DROP: marked("You left a line out"),
    EditKind.RECAST: marked("You changed what a line is"),
    EditKind.SPLIT: marked("You began a part"),
    EditKind.MERGE: marked("You joined a part with the next"),
    EditKind.RENAME: marked("You renamed a part"),
    EditKind.MOVE: marked("You moved a part"),
    EditKind.BREAK: marked("You moved where a part begins"),
}
BY_NAME = {
    EditKind.KEEP: marked("{name} kept a line"),
    EditKind.DROP: marked("{name} left a line out"),
    EditKind.RECAST: marked("{name} changed what a line is"),
    EditKind.SPLIT: marked("{name} began a part"),
    EditKind.MERGE: marked("{name} joined a part with the next"),
    EditKind.RENAME: marked("{name} renamed a part"),
    EditKind.MOVE: marked("{name} moved a part"),
    EditKind.BREAK: marked("{name} moved where a part begins"),
}


def said_of(kind: str, name: str = "") -> str:
    """What was done and by whom, such as "Ana left a line out"; without a name it was the reader."""
    return say(BY_NAME[EditKind(kind)], name=name) if name else say(BY_YOU[EditKind(kind)])
