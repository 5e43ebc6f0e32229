"""What the drafters propose on a term, looked at once, and only as far as somebody asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import quizzes.drafting.drafters  # noqa: F401 -- importing it registers the drafters
from quizzes.drafting.draft import DraftedQuestion
from quizzes.drafting.lint import Trace, trace
from quizzes.drafting.material import Material
from quizzes.drafting.registry import drafters
from quizzes.drafting.rulebook import is_clean
from quizzes.drafting.subject import Subject
from quizzes.drafting.terms import Term
from quizzes.questions.registry import question_type

WORTH_FURTHER_DOWN = 66
"""Concepts further down get one draft, and only one that asks for more than where an expression stands."""
LANGUAGE_NEUTRAL = frozenset({"gap_in_sentence", "gap_in_heading", "sentence_for_idea"})


@dataclass(frozen=True)
class Candidate:
    """A draft that may be kept. What it shows, and whether it is sound, is found out when it is first asked."""

    draft: DraftedQuestion
    subject: Subject

    @cached_property
    def trace(self) -> Trace:
        """What it shows."""
        return trace(self.subject)

    @cached_property
    def is_clean(self) -> bool:
        """Whether it breaks no rule and its kind accepts its content."""
        return is_clean(self.subject) and not question_type(self.draft.kind).check(self.draft.content)


@dataclass(frozen=True)
class Candidates:
    """The candidates of an article; each drafter is asked once on each term, and not before its drafts may count."""

    material: Material
    _seen: dict[str, dict[str, tuple[Candidate, ...]]] = field(default_factory=lambda: defaultdict(dict))

    def on(self, term: Term, *, least: int = 0) -> Iterator[Candidate]:
        """Those on the term of at least this strength, and worth it at the term's rank, in order of the drafters."""
        if not term.is_first:
            least = max(least, WORTH_FURTHER_DOWN)
        seen = self._seen[term.name]
        for name, propose in drafters(least=least).items():
            if self.material.is_english or name in LANGUAGE_NEUTRAL:
                if name not in seen:
                    seen[name] = tuple(map(self._candidate, propose(self.material, term)))
                yield from (each for each in seen[name] if each.draft.strength >= least)

    def _candidate(self, draft: DraftedQuestion) -> Candidate:
        evidence = self.material.evidence_text(draft.evidence)
        return Candidate(draft, Subject(draft.kind, draft.content, (evidence,), self.material.outline.text))
