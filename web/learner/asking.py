"""Questions as a page shows them while they are answered: the same for every kind, without any trace of the key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from language import counted, marked, number, say
from quizzes.domain.attempt_page import AttemptItem
from quizzes.domain.attempts import GivenAnswer
from quizzes.domain.keepable import is_empty
from quizzes.domain.on_the_spot import POSITION, PractisedQuestion
from quizzes.models import Response
from quizzes.questions.controls import MANY, Part, parts_of
from web.learner.reviewing import Reviewed, reviewed
from web.learner.wording import worth

SHAPES = {
    marked("answered"): ("done", ""),
    marked("begun"): ("half", "now"),
    marked("open"): ("open", ""),
    marked("flagged"): ("flag", "warn"),
}
"""Icon and tone of each state, as components/state.html takes them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question on the page. `newer` is what another tab saved meanwhile, in words, when that happened.

    `checked` is what may be shown of the answer as it stands; `told` what was just said of it; `problem` what an
    answer that is judged on the spot is missing.
    """

    item: AttemptItem
    parts: tuple[Part, ...]
    newer: str = ""
    collided: bool = False
    checked: Reviewed | None = None
    told: str = ""
    problem: str = ""

    @property
    def template(self) -> str:
        return f"components/controls/{self.item.presentation.control}.html"

    @property
    def text(self) -> str:
        return self.item.answer if isinstance(self.item.answer, str) else ""

    @property
    def is_many(self) -> bool:
        return self.item.presentation.control in MANY

    @property
    def places(self) -> range:
        """The places that steps may be put at."""
        return range(1, len(self.parts) + 1)

    @property
    def label(self) -> str:
        return say(
            "Question {position}, {points}",
            position=number(self.item.position),
            points=worth(self.item.max_points),
        )

    @property
    def state(self) -> str:
        """ "answered", "begun" or "open"."""
        if not self.item.is_answered:
            return "open"
        unfilled = any(_is_unfilled(part) for part in self.parts)
        return "begun" if self.item.warning or unfilled else "answered"

    @property
    def word(self) -> str:
        """The state as the navigator says it: a flag comes first, so that it is found again; then a verdict."""
        if self.item.flagged and not self.item.is_settled:
            return "flagged"
        return self.checked.word if self.checked else self.state

    @property
    def icon(self) -> str:
        return self.checked.icon if self.checked and self.word not in SHAPES else SHAPES[self.word][0]

    @property
    def tone(self) -> str:
        return self.checked.tone if self.checked and self.word not in SHAPES else SHAPES[self.word][1]

    @property
    def is_wrong(self) -> bool:
        """Whether what stands there would count as no answer."""
        return bool(self.problem or (self.item.warning and self.item.is_answered))

    @property
    def judged_by(self) -> str:
        """The id of what came of checking the answer, "" where it was not checked."""
        return f"c{self.item.position}" if self.checked else ""

    @property
    def noted_by(self) -> str:
        """The id of what is said of the answer beside it, "" where that is only when it was saved."""
        return f"n{self.item.position}" if self.collided or self.told or self.is_wrong else ""

    @property
    def tries_in_words(self) -> str:
        """ "2 tries left", "" where there is no limit."""
        left = self.item.tries_left
        return "" if left is None else counted(left, "try left", "tries left")


def asked(item: AttemptItem) -> Asked:
    """The question with the answer it has, ready for its control's template."""
    return Asked(
        item, tuple(parts_of(item.presentation, item.answer)), checked=reviewed(item.checked) if item.checked else None
    )


def item_of(question: PractisedQuestion, raw: Any) -> AttemptItem:
    """The question as an item of its own, with what was just sent for it or None."""
    return AttemptItem(
        position=POSITION,
        kind=question.version.kind,
        max_points=1.0,
        presentation=question.presentation,
        answer=raw,
        sequence=0,
        saved_at=None,
        confidence=None,
        flagged=False,
        warning="",
    )


def with_collision(question: Asked, *, given: GivenAnswer, newer: Response) -> Asked:
    """The question showing what this page sent, beside what another tab had saved: saving again keeps this one."""
    mine = replace(question.item, answer=given.raw)
    return Asked(
        mine,
        tuple(parts_of(mine.presentation, mine.answer)),
        newer=in_words(question.item, newer.answer),
        collided=True,
    )


def in_words(item: AttemptItem, answer: Any) -> str:
    """A raw answer as its question reads: ids by their texts, gaps by their words; "" when empty."""
    if is_empty(answer):
        return ""
    names = _texts(item.presentation.data)
    if isinstance(answer, Mapping):
        return "; ".join(names.get(str(value), str(value)) or "–" for value in answer.values())
    chosen = answer if isinstance(answer, list) else [answer]
    return "; ".join(names.get(str(each), str(each)) or "–" for each in chosen)


def _texts(data: Mapping[str, Any]) -> dict[str, str]:
    """The texts of everything that the presentation names by an id."""
    rows = [row for name in ("options", "sentences", "targets", "steps") for row in data.get(name, ())]
    return {row["id"]: row["text"] for row in rows}


def _is_unfilled(part: Part) -> bool:
    if part.targets:
        return not any(chosen for _, _, chosen in part.targets)
    return bool(part.gap) and not part.text.strip()
