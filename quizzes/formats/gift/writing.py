"""Questions written as GIFT, each with what of it the format cannot hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from quizzes.formats.gift.reading import INSTRUCTION
from quizzes.questions.base import Content
from quizzes.questions.numbers import authored_number, in_figures

GAP = re.compile(r"\{\{[^{}\s]{1,40}\}\}")
_ESCAPE = re.compile(r"[\\~=#{}:]")
ARROW = "→"


@dataclass(frozen=True, slots=True)
class Written:
    """One question as GIFT, "" for one that the format has nothing like; `lost` says in sentences what is missing."""

    text: str
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Draft:
    """What stands before the braces, between and behind them, and what is lost."""

    stem: str
    answers: Sequence[str]
    after: str = ""
    lost: tuple[str, ...] = ()


def write(kind: str, content: Content) -> Written:
    """The question as GIFT. `content` has passed its kind's check; ids are left out."""
    draw = WRITERS.get(kind)
    draft = draw(content) if draw else None
    if draft is None:
        return Written("", ("GIFT has nothing like it, so it is left out.",))
    explanation = content.get("explanation") or ""
    lines = [*draft.answers, *([f"####{_guarded(explanation)}"] if explanation else [])]
    body = "".join(f"\n\t{line}" for line in lines)
    lost = (*draft.lost, *_lost_of_any(content))
    return Written(f"[plain]{_escaped(draft.stem)}{{{body}{chr(10) if lines else ''}}}{_escaped(draft.after)}", lost)


def _lost_of_any(content: Content) -> Iterator[str]:
    if content.get("hints"):
        yield "Its hints are lost."
    if any("->" in text for text in _texts(content)):
        yield f"Arrows “->” within its texts are written {ARROW}."


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    members: Iterable[Any] = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    for member in members:
        yield from _texts(member)


def _escaped(text: str) -> str:
    plain = text.replace("->", ARROW).replace("\r\n", "\n").replace("\r", "\n")
    return _ESCAPE.sub(r"\\\g<0>", plain).replace("\n", "\\n")


def _guarded(text: str) -> str:
    """The text so that its beginning is taken for no format and no share."""
    return f"[plain]{_escaped(text)}" if text.lstrip()[:1] in ("[", "%") else _escaped(text)


def _answer(mark: str, text: str, feedback: str = "", share: str = "") -> str:
    share = share or (SHARES[mark] if text.lstrip().startswith("%") else "")
    return f"{mark}{share}{_guarded(text)}{f'#{_guarded(feedback)}' if feedback else ''}"


SHARES = {"=": "%100%", "~": "%0%"}
"""What an answer earns anyhow, written where its text begins like a share."""


def _options(content: Content) -> _Draft:
    rows = content["options"]
    return _Draft(content["stem"], [_answer("=" if row["correct"] else "~", row["text"], _fed(row)) for row in rows])


def _several(content: Content, name: str = "options", lost: tuple[str, ...] = ()) -> _Draft:
    """Every right option has the same share, and a wrong one takes as much."""
    rows = content[name]
    right = sum(row["correct"] for row in rows)
    share = f"{100 / right:.5f}".rstrip("0").rstrip(".")
    lines = [_answer("~", row["text"], _fed(row), f"%{'' if row['correct'] else '-'}{share}%") for row in rows]
    return _Draft(content["stem"], lines, lost=lost)


def _sentences(content: Content) -> _Draft:
    return _several(content, "sentences", ("It becomes a multiple choice of its sentences.",))


def _statement(content: Content) -> _Draft:
    told, key = content.get("feedback") or {}, content["answer"]
    names = {"true": "True", "false": "False", "not_stated": "Not stated"}
    if key == "not_stated" or told.get("not_stated"):
        lines = [_answer("=" if name == key else "~", text, told.get(name, "")) for name, text in names.items()]
        return _Draft(content["stem"], lines, lost=("It becomes a choice of three: GIFT knows only true and false.",))
    wrong, right = told.get("false" if key == "true" else "true", ""), told.get(key, "")
    said = f"#{_guarded(wrong)}#{_guarded(right)}" if wrong or right else ""
    lost = ("That the text may not say it is no answer there.",)
    return _Draft(content["stem"], [f"{key.upper()}{said}"], lost=lost)


def _words(content: Content) -> _Draft:
    accepted = [_answer("=", _starred(text)) for text in content["accepted"]]
    near = [_answer("=", _starred(row["text"]), row["feedback"], "%0%") for row in content.get("near_misses") or ()]
    named = {"patterns": "Its patterns are lost.", "references": "Its model answers in free words are lost."}
    lost = [said for name, said in named.items() if content.get(name)]
    lost += ["How far typing may differ is lost."] if _has_tolerance(content) else []
    return _Draft(content["stem"], [*accepted, *near], lost=tuple(lost))


def _has_tolerance(content: Content) -> bool:
    return any(isinstance(content.get(name), bool) for name in ("typos", "case_sensitive", "accents"))


def _starred(text: str) -> str:
    return text.replace("*", "\\*")


def _number(content: Content) -> _Draft:
    value = authored_number(content["value"])
    tolerance, lost = _tolerance(content)
    near = [_answer("=", row["text"], row["feedback"], "%0%") for row in content.get("near_misses") or ()]
    whole = f"=%100%{in_figures(value) if value is not None else content['value']}{tolerance}"
    lost += ["Its units are lost."] if content.get("units") else []
    return _Draft(content["stem"], ["#", whole, *near], lost=tuple(lost))


def _tolerance(content: Content) -> tuple[str, list[str]]:
    """How far beside the number is still right; a share of it is written as what it comes to."""
    said = str(content.get("tolerance") or "0").strip()
    number = authored_number(said.rstrip("% ").strip())
    if not number:
        return "", []
    if not said.endswith("%"):
        return f":{in_figures(number)}", []
    value = authored_number(content["value"]) or Decimal(0)
    return f":{in_figures(abs(value) * number / 100)}", ["Its tolerance is a number there, no share."]


def _pairs(content: Content) -> _Draft:
    pairs = [f"{_answer('=', row['text'])} -> {_guarded(row['match'])}" for row in content["pairs"]]
    others = [f"= -> {_guarded(text)}" for text in content.get("distractors") or ()]
    lost = ("Feedback for single pairs is lost.",) if any(row.get("feedback") for row in content["pairs"]) else ()
    return _Draft(content["stem"], [*pairs, *others], lost=lost)


def _things(content: Content) -> _Draft:
    """Things and their categories are pairs; a category of nothing is one too many."""
    things = content["things"]
    used = {row["category"] for row in things}
    pairs = [{**row, "match": row["category"]} for row in things]
    drawn = _pairs({"stem": content["stem"], "pairs": pairs, "distractors": sorted(set(content["categories"]) - used)})
    return _Draft(drawn.stem, drawn.answers, lost=("It becomes a matching question.", *drawn.lost))


def _gap(content: Content) -> _Draft | None:
    """One gap, typed or with one right word in its list; GIFT holds no more."""
    pieces, gap = GAP.split(content["text"]), content["gaps"][0]
    accepted, options = gap["accepted"], gap.get("options") or []
    folded = {each.casefold() for each in accepted}
    right = [each for each in options if each.casefold() in folded]
    if len(pieces) != 2 or (options and len(right) != 1):
        return None
    typed = [_answer("=", _starred(text)) for text in accepted]
    listed = [_answer("=", each) if each in right else _answer("~", each, _fed(gap)) for each in options]
    return _Draft(pieces[0], listed or typed, pieces[1], tuple(_lost_of_gap(content, gap, pieces[1])))


def _lost_of_gap(content: Content, gap: Mapping[str, Any], after: str) -> Iterator[str]:
    if content["stem"] != INSTRUCTION:
        yield "Its instruction is lost."
    if not after.strip():
        yield "Nothing follows its gap, so it becomes a question of its own."
    if gap.get("options") and len(gap["accepted"]) > 1:
        yield "Accepted words that are not in its list are lost."
    if gap.get("feedback") and not gap.get("options"):
        yield "The feedback of its gap is lost."
    if _has_tolerance(content):
        yield "How far typing may differ is lost."


def _essay(content: Content) -> _Draft:
    return _Draft(content["stem"], (), lost=("Its model answer, its rubric and its advice on length are lost.",))


def _fed(row: Mapping[str, Any]) -> str:
    return row.get("feedback") or ""


WRITERS: Mapping[str, Callable[[Content], _Draft | None]] = {
    "categorise": _things,
    "cloze": _gap,
    "evidence": _sentences,
    "matching": _pairs,
    "multiple_choice": _several,
    "numeric": _number,
    "open_response": _essay,
    "short_text": _words,
    "single_choice": _options,
    "true_false": _statement,
}
