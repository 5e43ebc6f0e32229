"""Where drafters register themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from quizzes.drafting.draft import DraftedQuestion
from quizzes.drafting.material import Material
from quizzes.drafting.terms import Term

Drafter = Callable[[Material, Term], Iterable[DraftedQuestion]]
"""A drafter proposes questions on one concept, whatever comes to mind; what breaks a rule is thrown away later."""

_DRAFTERS: dict[str, Drafter] = {}


def drafter(function: Drafter) -> Drafter:
    """Registers a drafter under its function's name; its drafts name it, or the sort of question that it asks."""
    _DRAFTERS[function.__name__] = function
    return function


def drafters() -> dict[str, Drafter]:
    """All registered drafters by name, in order of their names."""
    return dict(sorted(_DRAFTERS.items()))
