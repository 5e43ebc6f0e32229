"""The sorts of things that people are told: each named once, where it is told, with what a mail says of it. Pure.

A mail never repeats a message: it says how many of a sort there are, so that no grade leaves by mail.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from language import marked


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """One sort. `label` names it among the settings; `one` and `many`, with {n}, are what a mail says of them.

    Who only learns is not asked about one that goes `to_teachers`.
    """

    slug: str
    label: str
    one: str
    many: str
    to_teachers: bool = False

    def counted(self, amount: int) -> str:
        """So many of them, in words."""
        return self.one if amount == 1 else self.many.format(n=amount)


class DuplicateNotice(Exception):
    """Two sorts of notices have one name."""


_kinds: dict[str, NoticeKind] = {}
notice_kinds: Mapping[str, NoticeKind] = MappingProxyType(_kinds)
"""Every sort that a module of this process tells, by its name."""

OTHER = NoticeKind("other", "Anything else", marked("one other message"), marked("{n} other messages"))
"""What stands for a sort that nobody tells any more."""


def notice_kind(slug: str, *, label: str, one: str, many: str, to_teachers: bool = False) -> str:
    """People can be told this sort of thing; returns its name. Raises DuplicateNotice when the name means another."""
    made = NoticeKind(slug, label, one, many, to_teachers)
    if _kinds.setdefault(slug, made) != made:
        raise DuplicateNotice(f"The notice {slug!r} is told already, with other words.")
    return slug


def kind_of(slug: str) -> NoticeKind:
    """The sort of that name; OTHER for one that is not known."""
    return _kinds.get(slug, OTHER)
