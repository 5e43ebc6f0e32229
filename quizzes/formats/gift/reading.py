"""Questions read from GIFT: the kind that each becomes, and what of it no kind here can hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

from quizzes.formats.gift.blocks import (
    Answer,
    Block,
    NotGift,
    Parted,
    answer,
    answers_of,
    blocks_of,
    parted,
    place_of,
    plain,
)
from quizzes.questions import question_type
from quizzes.questions.ids import with_fresh_ids
from quizzes.questions.numbers import authored_number, in_figures
from quizzes.questions.text_matching import Tolerance, normalised

LARGEST = 200_000
"""Characters that are read at once."""
MOST = 200
"""Questions that are read at once."""
INSTRUCTION = "Complete the sentence."
REASON = "Answers the task"
PARTING = frozenset({"p", "br", "div", "li", "tr", "td", "h1", "h2", "h3", "h4"})
_TRUTH = re.compile(r"\s*(true|t|false|f)\s*(?:#.*)?", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class GiftQuestion:
    """A question that was read: where it begins, the content of its kind without ids, and what of it is lost."""

    line: int
    kind: str
    content: Mapping[str, Any]
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GiftProblem:
    """Why a question could not be read, and in which line of the text, from 1."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Gift:
    """What was read of a text; `left` is the text of the questions that could not be read."""

    questions: tuple[GiftQuestion, ...]
    problems: tuple[GiftProblem, ...]
    left: str


@dataclass(frozen=True, slots=True)
class _Made:
    kind: str
    content: dict[str, Any]
    notes: tuple[str, ...] = ()


def read(text: str) -> Gift:
    """Every question of the text that can be read, and every problem of the others at once. Never raises."""
    if len(text) > LARGEST:
        said = f"This is longer than {LARGEST:,} characters. Paste it in smaller pieces."
        return Gift((), (GiftProblem(1, said),), text)
    blocks = list(blocks_of(text))
    questions: list[GiftQuestion] = []
    problems: list[GiftProblem] = []
    left: list[str] = []
    for block in blocks[:MOST]:
        read_one, wrong = _read(block)
        questions += [read_one] if read_one else []
        problems += wrong
        left += [block.source] if wrong else []
    if rest := blocks[MOST:]:
        said = f"At most {MOST} questions are read at once. Paste those from here on afterwards."
        problems.append(GiftProblem(rest[0].line(), said))
    return Gift(tuple(questions), tuple(problems), "\n\n".join([*left, *(block.source for block in rest)]))


def _read(block: Block) -> tuple[GiftQuestion | None, list[GiftProblem]]:
    try:
        parts = parted(block)
        made = _made(parts)
    except NotGift as wrong:
        return None, [GiftProblem(block.line(wrong.at), wrong.message)]
    content = {**made.content, **({"explanation": parts.explanation} if parts.explanation else {})}
    if parts.is_html:
        made = replace(made, notes=(*made.notes, "Its formatting is lost: only the words are kept."))
        content = _without_markup(content)
    problems = [GiftProblem(block.line(), each) for each in _unsound(made.kind, content)]
    return (None if problems else GiftQuestion(block.line(), made.kind, content, block.tags, made.notes)), problems


def _unsound(kind: str, content: Mapping[str, Any]) -> list[str]:
    """What keeps the content from being a draft. A model answer may still be missing: GIFT has none."""
    found = question_type(kind).check(with_fresh_ids(kind, content, "gift"))
    return [each.message for each in found if (kind, each.field) != ("open_response", "model")]


def _made(parts: Parted) -> _Made:
    if not parts.stem.strip() and not parts.after.strip():
        raise NotGift("There is no question before the braces. Write what is asked.")
    if not parts.body.strip():
        return _essay(parts)
    if place_of("#", parts.body) == len(parts.body) - len(parts.body.lstrip()):
        return _number(parts)
    if _TRUTH.fullmatch(parts.body) and all(place_of(mark, parts.body) < 0 for mark in "=~"):
        return _statement(parts)
    answers = answers_of(parts.body, parts.at)
    make = _kind_of(answers)
    return make(parts, answers)


def _kind_of(answers: Sequence[Answer]) -> Callable[[Parted, Sequence[Answer]], _Made]:
    if any(each.match is not None for each in answers):
        return _pairs
    return _choice if any(each.mark == "~" for each in answers) else _words


def _essay(parts: Parted) -> _Made:
    content = {"stem": _asked(parts), "model": "", "rubric": [{"text": REASON, "points": 1}]}
    return _Made("open_response", content, ("Write its model answer, and say in its rubric what earns points.",))


def _asked(parts: Parted) -> str:
    """The question; a gap in the middle of it is drawn."""
    return f"{parts.stem}____{parts.after}".strip() if parts.after.strip() else parts.stem.strip()


def _statement(parts: Parted) -> _Made:
    """Behind true or false stands what to tell who is wrong, then what to tell who is right."""
    told, _, said = parts.body.strip().partition("#")
    at = place_of("#", said)
    wrong, right = (said, "") if at < 0 else (said[:at], said[at + 1 :])
    is_true = told.strip().lower() in ("t", "true")
    key, other = ("true", "false") if is_true else ("false", "true")
    feedback = {name: text for name, raw in ((key, right), (other, wrong)) if (text := plain(raw).strip())}
    content = {"stem": _asked(parts), "answer": key, **({"feedback": feedback} if feedback else {})}
    return _Made("true_false", content)


def _pairs(parts: Parted, answers: Sequence[Answer]) -> _Made:
    for each in answers:
        if each.match is None or each.mark != "=":
            raise NotGift("In a matching question each line is “= one side -> other side”.", each.at)
    pairs = [{"text": each.text, "match": each.match, **_fed(each)} for each in answers if each.text]
    others = [each.match for each in answers if not each.text and each.match]
    content = {"stem": _asked(parts), "pairs": pairs, **({"distractors": others} if others else {})}
    return _Made("matching", content)


def _choice(parts: Parted, answers: Sequence[Answer]) -> _Made:
    marked = [each for each in answers if each.mark == "="]
    whole = [each for each in marked if each.is_whole]
    if not marked:
        return _several(parts, answers)
    if len(whole) != 1:
        said = (
            f"{len(whole)} answers earn everything. Mark one with =, or give each right one its share, such as ~%50%."
        )
        raise NotGift(said, (whole or marked)[-1].at)
    notes = _shares_lost(each for each in answers if each is not whole[0])
    if parts.after.strip():
        return _gap(parts, answers, whole[0], notes)
    rows = [{"text": each.text, "correct": each is whole[0], **_fed(each)} for each in answers]
    return _Made("single_choice", {"stem": _asked(parts), "options": rows}, notes)


def _several(parts: Parted, answers: Sequence[Answer]) -> _Made:
    right = [each for each in answers if _earns(each)]
    rows = [{"text": each.text, "correct": _earns(each), **_fed(each)} for each in answers]
    if not right:
        raise NotGift(
            "No answer is right. Mark the right one with =, or give right ones a share, such as ~%50%.", parts.at
        )
    is_even = len({each.share for each in right}) == 1
    notes = () if is_even else ("Its shares are lost: each right option counts the same.",)
    return _Made("multiple_choice", {"stem": _asked(parts), "options": rows}, notes)


def _earns(each: Answer) -> bool:
    return each.share is not None and each.share > 0


def _gap(parts: Parted, answers: Sequence[Answer], key: Answer, notes: tuple[str, ...]) -> _Made:
    """A gap with a list to choose from."""
    row = {"id": "g1", "accepted": [key.text], "options": [each.text for each in answers]}
    said = {each.feedback for each in answers if each is not key}
    if len(said) == 1 and (feedback := said.pop()):
        row["feedback"] = feedback
    elif any(said) or key.feedback:
        notes = (*notes, "Feedback for single words of its list is lost: a gap has one.")
    return _Made("cloze", {"stem": INSTRUCTION, "text": _with_gap(parts), "gaps": [row]}, notes)


def _with_gap(parts: Parted) -> str:
    return f"{parts.stem}{{{{g1}}}}{parts.after}".strip()


def _words(parts: Parted, answers: Sequence[Answer]) -> _Made:
    whole = [each for each in answers if each.is_whole]
    misses = [each for each in answers if not each.is_whole]
    accepted = _once(_literal(each.text) for each in whole if not _is_wild(each.text))
    patterns = [_pattern(each) for each in whole if _is_wild(each.text)]
    near = [{"text": _literal(each.text), "feedback": each.feedback} for each in misses if _is_near(each)]
    notes = [*_shares_lost(misses), *_lost_with(misses, near), *_praise_lost(whole)]
    if parts.after.strip():
        if patterns or near:
            notes.append("Patterns and near misses are lost: a gap has none.")
        gap = {"id": "g1", "accepted": accepted}
        return _Made("cloze", {"stem": INSTRUCTION, "text": _with_gap(parts), "gaps": [gap]}, tuple(notes))
    content: dict[str, Any] = {"stem": _asked(parts), "accepted": accepted}
    content |= {name: rows for name, rows in (("patterns", patterns), ("near_misses", near)) if rows}
    return _Made("short_text", content, tuple(notes))


def _once(texts: Iterable[str]) -> list[str]:
    """The texts without those that read as one before: elsewhere "paris" has to be written beside "Paris"."""
    by_reading: dict[str, str] = {}
    for text in texts:
        by_reading.setdefault(normalised(text, tolerance=Tolerance()), text)
    return list(by_reading.values())


def _is_near(miss: Answer) -> bool:
    return bool(miss.feedback) and not _is_wild(miss.text)


def _lost_with(misses: Sequence[Answer], kept: Sequence[Any]) -> Iterator[str]:
    if len(kept) < len(misses):
        yield "Wrong answers without feedback, and feedback for whatever else is typed, are lost."


def _praise_lost(whole: Sequence[Answer]) -> Iterator[str]:
    if any(each.feedback for each in whole):
        yield "Feedback for right answers is lost: it belongs behind ####."


def _shares_lost(answers: Iterable[Answer]) -> tuple[str, ...]:
    shares = [each.share or 0 for each in answers]
    lost = {
        "Part of the points for an answer is lost: it earns nothing.": any(share > 0 for share in shares),
        "What a wrong answer takes away is lost: it earns nothing.": any(share < 0 for share in shares),
    }
    return tuple(said for said, is_so in lost.items() if is_so)


def _is_wild(text: str) -> bool:
    return re.search(r"(?<!\\)\*", text) is not None


def _literal(text: str) -> str:
    return text.replace("\\*", "*")


def _pattern(wild: Answer) -> str:
    """A star stands for anything; everything else for itself."""
    if not wild.text.replace("*", "").strip():
        raise NotGift("This accepts whatever is typed. Write what is right.", wild.at)
    pieces = [_literal(piece) for piece in re.split(r"(?<!\\)\*", wild.text)]
    return ".*".join(re.sub(r"([^\w\s])", r"\\\1", piece) for piece in pieces)


def _number(parts: Parted) -> _Made:
    body = parts.body.strip()[1:]
    at = parts.at + parts.body.index("#") + 1
    is_plain = place_of("=", body) < 0 and place_of("~", body) < 0
    answers = [answer("=", body, at)] if is_plain else _numbers(body, at)
    whole = [each for each in answers if each.is_whole]
    if len(whole) != 1:
        raise NotGift(f"{len(whole)} numbers earn everything. Leave exactly one that does.", at)
    value, tolerance = _range(whole[0])
    content: dict[str, Any] = {"stem": _asked(parts), "value": _json_number(value)}
    if tolerance:
        content["tolerance"] = in_figures(tolerance)
    misses = [each for each in answers if not each.is_whole]
    near = [
        {"text": in_figures(_range(each)[0]), "feedback": each.feedback}
        for each in misses
        if each.mark == "=" and each.feedback and each.text
    ]
    content |= {"near_misses": near} if near else {}
    return _Made("numeric", content, (*_shares_lost(misses), *_lost_with(misses, near), *_praise_lost(whole)))


def _numbers(body: str, at: int) -> list[Answer]:
    """The numbers, the first of which needs no mark."""
    first = min(place for place in (place_of("=", body), place_of("~", body)) if place >= 0)
    unmarked = [answer("=", body[:first], at)] if body[:first].strip() else []
    return [*unmarked, *answers_of(body[first:], at + first)]


def _range(number: Answer) -> tuple[Decimal, Decimal]:
    """The number and how far beside it is still right: written as 3:2, or as 1..5."""
    low, is_range, high = number.text.partition("..")
    middle, _, around = number.text.partition(":")
    read = [authored_number(each.strip()) for each in ((low, high) if is_range else (middle, around.strip() or "0"))]
    if read[0] is None or read[1] is None:
        raise NotGift(f"“{number.text[:40]}” is no number. Write it as 3, as 3:0.5, or as 2.5..3.5.", number.at)
    value, tolerance = ((read[0] + read[1]) / 2, (read[1] - read[0]) / 2) if is_range else (read[0], read[1])
    if tolerance < 0:
        raise NotGift("The range ends before it begins. Write the smaller number first.", number.at)
    return value, tolerance


def _json_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _fed(row: Answer) -> dict[str, str]:
    return {"feedback": row.feedback} if row.feedback else {}


class _Words(HTMLParser):
    """Gathers what a reader would see; a tag that ends a line parts words."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in PARTING:
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _without_markup(value: Any) -> Any:
    """Every text of the content without tags, its entities as the signs they stand for."""
    if isinstance(value, Mapping):
        return {name: _without_markup(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_without_markup(each) for each in value]
    if not isinstance(value, str):
        return value
    reader = _Words()
    reader.feed(value)
    reader.close()
    return " ".join("".join(reader.words).split())
