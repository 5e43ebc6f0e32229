"""What a control's template shows of a presentation and an answer, and what answer its form fields send.

One for every door: learners answer by it, and authors try their questions by it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from quizzes.questions.base import Control, Presentation

MANY = frozenset({Control.CHOOSE_MANY, Control.SENTENCES})
MOST_DIGITS = 6


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


class Fields(Protocol):
    """The fields of a form as they were sent: a name may have several values."""

    def __iter__(self) -> Any: ...

    def __getitem__(self, name: str, /) -> Any: ...

    def getlist(self, name: str, /) -> list[Any]:
        """Every value of the field, none where it was not sent."""


def parts_of(presentation: Presentation, answer: Any) -> list[Part]:
    """The parts that the control shows, in order, with the raw answer filled in. Never raises for any raw answer."""
    data = presentation.data
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


def raw_answer(form: Fields, position: int) -> Any:
    """The answer that the fields of one control say, as nobody has judged it yet; None where there is none.

    `answer-3` is one value, `answer-3-g1` one gap or row, and several values, or one named by a hidden `many`, are a
    list; named by a hidden `order`, `answer-3-q8` is the place of a step.
    """
    name = f"answer-{position}"
    gaps = {key.removeprefix(f"{name}-"): form[key] for key in form if key.startswith(f"{name}-")}
    if str(position) in form.getlist("order"):
        return _in_places(gaps)
    if gaps:
        return gaps
    values = form.getlist(name)
    if len(values) > 1 or str(position) in form.getlist("many"):
        return values
    return values[0] if values else None


def _in_places(places: Mapping[str, Any]) -> list[str]:
    """The ids at their places, "" for a place that nothing stands at; ids that share a place stand side by side."""
    numbered = {name: int(place) for name, place in places.items() if is_small_number(place)}
    taken = {name: number for name, number in numbered.items() if 1 <= number <= len(places)}
    return [
        " ".join(name for name, number in taken.items() if number == place)
        for place in range(1, max(taken.values(), default=0) + 1)
    ]


def is_small_number(text: str) -> bool:
    """Whether the text is a plain number of at most six figures."""
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
