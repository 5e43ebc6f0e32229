"""Where drafters register themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from quizzes.drafting.draft import DraftedQuestion
from quizzes.drafting.material import Material
from quizzes.drafting.terms import Term

Drafter = Callable[[Material, Term], Iterable[DraftedQuestion]]
"""A drafter proposes questions on one concept, whatever comes to mind; what breaks a rule is thrown away later."""

_DRAFTERS: dict[str, Drafter] = {}
_STRONGEST: dict[str, int] = {}
ANY_STRENGTH = 100


def drafter(function: Drafter) -> Drafter:
    """Registers a drafter under its function's name; its drafts name it, or the sort of question that it asks."""
    return drafter_up_to(ANY_STRENGTH)(function)


def drafter_up_to(strongest: int) -> Callable[[Drafter], Drafter]:
    """Registers a drafter none of whose drafts is stronger than that: where only better ones count, it is not asked."""

    def registered(function: Drafter) -> Drafter:
        _DRAFTERS[function.__name__] = function
        _STRONGEST[function.__name__] = strongest
        return function

    return registered


def drafters(*, least: int = 0) -> dict[str, Drafter]:
    """The registered drafters whose drafts may be so strong, by name, in order of their names."""
    return {name: propose for name, propose in sorted(_DRAFTERS.items()) if _STRONGEST[name] >= least}
