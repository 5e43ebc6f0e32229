"""What one drafter proposes on one term of an outline."""

from __future__ import annotations

from collections.abc import Mapping

from course.reading.outline import ConceptKind, Outline
from quizzes.drafting.draft import DraftedQuestion
from quizzes.drafting.material import Material, prepare
from quizzes.drafting.registry import drafters
from quizzes.drafting.terms import Term
from tests.quizzes.drafting.samples import harbour, outline_of, parts_of


def proposed(
    drafter: str, term: str, *, outline: Outline | None = None, definitions: Mapping[str, str] | None = None
) -> list[DraftedQuestion]:
    """The drafts of the drafter with this name, before any rule has looked at them."""
    material = prepare(outline or harbour(), definitions or {})
    return list(drafters()[drafter](material, term_of(material, term)))


def only(
    drafter: str, term: str, *, outline: Outline | None = None, definitions: Mapping[str, str] | None = None
) -> DraftedQuestion:
    """The one draft that the drafter proposes."""
    (found,) = proposed(drafter, term, outline=outline, definitions=definitions)
    return found


def term_of(material: Material, name: str) -> Term:
    """The term with this name."""
    return next(term for term in material.terms if term.name == name)


def outline_on(text: str, *terms: str | tuple[str, ConceptKind], language: str = "en") -> Outline:
    """An outline of a text written as in `samples.HARBOUR_TEXT`."""
    return outline_of(parts_of(text), terms, language=language)


def drafts(drafter: str, term: str, text: str, **definitions: str) -> list[DraftedQuestion]:
    """What the drafter proposes on the term in a part of one paragraph, with others beside it."""
    named = {name.replace("_", " "): meaning for name, meaning in definitions.items()}
    return proposed(drafter, term, outline=outline_on(f"#\n\n{text}", term), definitions=named)
