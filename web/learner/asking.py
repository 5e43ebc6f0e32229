"""Questions as a page shows them while they are answered: the same for every kind, without any trace of the key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from quizzes.domain.attempt_page import AttemptItem
from quizzes.domain.attempts import GivenAnswer
from quizzes.domain.keepable import is_empty
from quizzes.models import Response
from quizzes.questions.base import Control
from web.learner.reviewing import Reviewed, reviewed
from web.learner.wording import counted, number, worth

SHAPES = {"answered": ("done", ""), "begun": ("half", "now"), "open": ("open", ""), "flagged": ("flag", "warn")}
"""Icon and tone of each state, as components/state.html takes them."""
MANY = frozenset({Control.CHOOSE_MANY, Control.SENTENCES})


@dataclass(frozen=True, slots=True)
class Part:
    """Something to choose, to assign or to put in order, or a stretch of a text with gaps.

    `gap` numbers a place to fill, without it the text is only words; `options` are what may be put there, and whether
    it is; `targets` the same with their ids; `place` is where a step was put, 0 for nowhere.
    """

    id: str
    text: str = ""
    chosen: bool = False
    gap: int = 0
    size: int = 0
    options: tuple[tuple[str, bool], ...] = ()
    targets: tuple[tuple[str, str, bool], ...] = ()
    place: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """One question on the page. `newer` is what another tab saved meanwhile, in words, when that happened.

    `checked` is what may be shown of the answer as it stands; `told` what was just said of it.
    """

    item: AttemptItem
    parts: tuple[Part, ...]
    newer: str = ""
    collided: bool = False
    checked: Reviewed | None = None
    told: str = ""

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
        return f"Question {number(self.item.position)}, {worth(self.item.max_points)}"

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
    def tries_in_words(self) -> str:
        """ "2 tries left", "" where there is no limit."""
        left = self.item.tries_left
        return "" if left is None else counted(left, "try left", "tries left")


def asked(item: AttemptItem) -> Asked:
    """The question with the answer it has, ready for its control's template."""
    return Asked(item, tuple(_parts(item)), checked=reviewed(item.checked) if item.checked else None)


def with_collision(question: Asked, *, given: GivenAnswer, newer: Response) -> Asked:
    """The question showing what this page sent, beside what another tab had saved: saving again keeps this one."""
    mine = replace(question.item, answer=given.raw)
    return Asked(mine, tuple(_parts(mine)), newer=in_words(question.item, newer.answer), collided=True)


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


def _parts(item: AttemptItem) -> Sequence[Part]:
    data, answer = item.presentation.data, item.answer
    given = answer if isinstance(answer, Mapping) else {}
    if "segments" in data:
        return _gaps(data["segments"], given)
    if "targets" in data:
        return [_row(row, data["targets"], str(given.get(row["id"], ""))) for row in data["rows"]]
    chosen = answer if isinstance(answer, list) else [answer]
    if "steps" in data:
        return _steps(data["steps"], [str(each).split() for each in chosen])
    rows = data.get("options") or data.get("sentences") or ()
    return [Part(id=row["id"], text=row["text"], chosen=row["id"] in chosen) for row in rows]


def _row(row: Mapping[str, str], targets: Sequence[Mapping[str, str]], given: str) -> Part:
    offered = tuple((target["id"], target["text"], target["id"] == given) for target in targets)
    return Part(id=row["id"], text=row["text"], targets=offered)


def _steps(steps: Sequence[Mapping[str, str]], places: Sequence[Sequence[str]]) -> list[Part]:
    """The steps where they were put, those without a place behind them in the order drawn."""
    numbered = {name: number for number, names in enumerate(places, start=1) for name in names}
    parts = [Part(id=step["id"], text=step["text"], place=numbered.get(step["id"], 0)) for step in steps]
    return sorted(parts, key=lambda part: part.place or len(parts) + 1)


def _gaps(segments: Sequence[Mapping[str, Any]], given: Mapping[str, Any]) -> list[Part]:
    parts: list[Part] = []
    for segment in segments:
        if "gap" not in segment:
            parts.append(Part(id="", text=segment["text"]))
            continue
        name, number = segment["gap"], 1 + sum(part.gap > 0 for part in parts)
        text = str(given.get(name, ""))
        options = tuple((option, option == text) for option in segment.get("options", ()))
        parts.append(Part(id=name, text=text, gap=number, size=segment.get("size", 0), options=options))
    return parts


def _is_unfilled(part: Part) -> bool:
    if part.targets:
        return not any(chosen for _, _, chosen in part.targets)
    return bool(part.gap) and not part.text.strip()
