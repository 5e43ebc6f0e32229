"""Cloze: a text with gaps, each typed or chosen from a list."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

from quizzes.questions.answers import texts_by_id
from quizzes.questions.authored import (
    MAX_FEEDBACK,
    Row,
    flag_problems,
    id_problems,
    named_rows_of,
    optional_text_of,
    rows_of,
    rows_with_problems,
    shared_problems,
    text_of,
    text_problems,
    texts_of,
    texts_problems,
)
from quizzes.questions.base import (
    Answer,
    BrokenQuestion,
    Content,
    Control,
    Example,
    Field,
    InvalidAnswer,
    Outcome,
    Presentation,
    Problem,
    QuestionType,
)
from quizzes.questions.choices import shuffled
from quizzes.questions.short_text import MAX_ACCEPTED, accepted_problems
from quizzes.questions.signs import told_apart
from quizzes.questions.text_matching import Match, Tolerance, best_match

ASK = "Fill at least one of the gaps."
GAP = re.compile(r"\{\{([^{}\s]{1,40})\}\}")
GAP_SIZE = 18
"""Characters of every typed gap: one width for all, so that it tells nothing of the answer's length."""
MAX_CLOZE = 4_000
MAX_OPTIONS = 20


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap as its author wrote it; without options it is typed."""

    id: str
    accepted: tuple[str, ...]
    options: tuple[str, ...]
    feedback: str


class Cloze(QuestionType):
    """The fraction is the share of gaps filled rightly; an empty gap is a wrong one."""

    kind = "cloze"
    version = 3
    label = "Fill the gaps"
    control = Control.GAPS
    id_rows = "gaps"

    def with_ids(self, content: Content, ids: Sequence[str]) -> Content:
        """The content with its gaps renamed, in the text too."""
        renamed = dict(super().with_ids(content, ids))
        names = dict(zip((row.get("id") for row in content.get("gaps") or ()), ids, strict=False))
        if isinstance(renamed.get("text"), str):
            renamed["text"] = GAP.sub(lambda gap: f"{{{{{names.get(gap[1], gap[1])}}}}}", renamed["text"])
        return renamed

    def title(self, content: Any) -> str:
        """The text with its gaps drawn: the instruction alone is the same for many."""
        text = content.get("text") if isinstance(content, Mapping) else None
        return GAP.sub("____", text) if isinstance(text, str) and text.strip() else super().title(content)

    def author_fields(self) -> Sequence[Field]:
        return (
            Field("stem", "Instruction", "text", "Such as: Complete the sentence."),
            Field("text", "Text with gaps", "text", "Write {{g1}} where a gap belongs."),
            Field("gaps", "Gaps", "options", "For each its accepted answers, and options where one is to be chosen."),
            Field("typos", "Forgive typing slips", "boolean", "One from 5 letters, two from 9.", required=False),
            Field("case_sensitive", "Capital letters matter", "boolean", required=False),
            Field("accents", "Accents matter", "boolean", required=False),
            Field("explanation", "Why", "text", "Shown in the review, whatever was filled in.", required=False),
        )

    def check(self, content: Content) -> list[Problem]:
        rows, problems = rows_with_problems(content, "gaps", "the gaps", least=1, most=20)
        found = [*shared_problems(content), *problems, *id_problems(rows)]
        found += text_problems(content, "text", "the text with gaps", most=MAX_CLOZE, required=True)
        flags = list(flag_problems(content, "typos", "case_sensitive", "accents"))
        tolerance = Tolerance() if flags or not rows else Tolerance.of(content)
        for path, row in rows:
            found += _gap_problems(path, row, tolerance)
        return [*found, *_place_problems(content, rows), *flags]

    def present(self, content: Content, seed: int) -> Presentation:
        return Presentation(self.control, text_of(content, "stem"), {"segments": list(_segments(content, seed))})

    def parse(self, content: Content, data: Any) -> Answer:
        gaps = _gaps(content)
        filled = texts_by_id(data, gaps, ask=ASK)
        for name, text in filled.items():
            if gaps[name].options and text not in map(_composed, gaps[name].options):
                raise InvalidAnswer("One gap holds a word that is not in its list. Choose one of those listed.")
        return {name: filled[name] for name in gaps if name in filled}

    def grade(self, content: Content, answer: Answer) -> Outcome:
        matches = _gap_matches(content, answer)
        parts = [_verdict(name, answer, match) for name, match in matches.items()]
        right = sum(match is not None for match in matches.values())
        return Outcome(right / len(matches), _feedback(content, matches, answer), {"parts": parts})

    def with_accepted(self, content: Content, answer: Answer) -> Content | None:
        gaps = _gaps(content)
        tolerance = Tolerance.of(content)
        rows = [_widened(row, gaps[text_of(row, "id")], answer, tolerance) for row in rows_of(content, "gaps")]
        wider = {**content, "gaps": rows}
        return None if self.check(wider) or self.grade(wider, answer).fraction != 1 else wider

    def model_answer(self, content: Content) -> Answer:
        tolerance = Tolerance.of(content)
        return {gap.id: _composed(_accepted_option(gap, tolerance)) for gap in _gaps(content).values()}

    def summarise(self, content: Content, answer: Answer) -> str:
        return "; ".join(" ".join(answer.get(name, "–").split()) for name in _gaps(content))

    def classify(self, content: Content, answer: Answer) -> str:
        matches = _gap_matches(content, answer)
        return " ".join(f"{part['id']}={part['verdict']}" for part in
                        (_verdict(name, answer, match) for name, match in matches.items()))  # fmt: skip

    def review(self, content: Content, answer: Answer | None, seed: int) -> Mapping[str, Any]:
        given = answer or {}
        matches = _gap_matches(content, given)
        parts = [
            {
                "id": gap.id,
                "given": given.get(gap.id, ""),
                "accepted": list(gap.accepted),
                "right": matches[gap.id] is not None,
                "feedback": gap.feedback,
            }
            for gap in _gaps(content).values()
        ]
        return {"parts": parts, "why": optional_text_of(content, "explanation")}

    def examples(self) -> Iterable[Example]:
        content = {
            "stem": "Complete the sentence.",
            "text": "The {{g1}} opened in spring and closed in {{g2}}.",
            "gaps": [
                {"id": "g1", "accepted": ["observatory"], "feedback": "It is a place to watch stars from."},
                {"id": "g2", "accepted": ["autumn"], "options": ["winter", "autumn", "summer"]},
            ],
        }
        yield Example(content, {"g1": "observatory", "g2": "autumn"}, 1.0, "both gaps")
        yield Example(content, {"g1": ["Observatry"], "g2": ["autumn"]}, 1.0, "as a form sends it, with a slip")
        yield Example(content, {"g1": "observatory", "g2": "winter"}, 0.5, "one of two")
        yield Example(content, {"g2": "autumn"}, 0.5, "a gap left empty")
        yield Example(content, {"g1": "conservatory"}, 0.0, "another word")
        yield Example(content, {"g1": "observatory", "g2": "spring"}, None, "a word that is not in the list")
        yield Example(content, {}, None, "nothing filled in")
        yield Example(content, {"g9": "autumn"}, None, "a gap that is not there")


def _gaps(content: Content) -> dict[str, Gap]:
    gaps = {}
    for name, row in named_rows_of(content, "gaps").items():
        accepted, options = texts_of(row, "accepted"), texts_of(row, "options")
        if not accepted:
            raise BrokenQuestion("A gap has no accepted answer.")
        gaps[name] = Gap(name, tuple(accepted), tuple(options), optional_text_of(row, "feedback"))
    return gaps


def _segments(content: Content, seed: int) -> Iterator[dict[str, Any]]:
    """The text cut at its gaps. Raises BrokenQuestion when it does not hold each gap once."""
    gaps, pieces = _gaps(content), GAP.split(text_of(content, "text"))
    if sorted(pieces[1::2]) != sorted(gaps):
        raise BrokenQuestion("The text does not hold each gap exactly once.")
    for place, piece in enumerate(pieces):
        if place % 2:
            yield _shown_gap(gaps[piece], seed)
        elif piece:
            yield {"text": piece}


def _shown_gap(gap: Gap, seed: int) -> dict[str, Any]:
    if not gap.options:
        return {"gap": gap.id, "size": GAP_SIZE}
    order = shuffled((f"{gap.id}\x1f{option}" for option in map(_composed, gap.options)), seed)
    return {"gap": gap.id, "options": [name.partition("\x1f")[2] for name in order]}


def _gap_matches(content: Content, answer: Mapping[str, str]) -> dict[str, Match | None]:
    gaps, tolerance = _gaps(content), Tolerance.of(content)
    return {name: _matched(gap, answer.get(name, ""), gaps, tolerance=tolerance) for name, gap in gaps.items()}


def _matched(gap: Gap, given: str, gaps: Mapping[str, Gap], *, tolerance: Tolerance) -> Match | None:
    """What the gap accepts the text as. A slip that leads as near to another gap's word is no slip."""
    match = best_match(given, gap.accepted, tolerance=_without_typos(tolerance) if gap.options else tolerance)
    if match is None or not match.typos:
        return match
    elsewhere = (text for other in gaps.values() for text in other.accepted if text not in gap.accepted)
    other = best_match(given, elsewhere, tolerance=tolerance)
    return None if other and other.cost <= match.cost else match


def _verdict(name: str, answer: Mapping[str, str], match: Match | None) -> dict[str, Any]:
    if match:
        return {"id": name, "verdict": "right", "path": match.path}
    return {"id": name, "verdict": "wrong" if answer.get(name) else "empty", "path": []}


def _feedback(content: Content, matches: Mapping[str, Match | None], answer: Mapping[str, str]) -> str:
    right = sum(match is not None for match in matches.values())
    if right == len(matches):
        return ""
    gaps = _gaps(content)
    notes = [gaps[name].feedback for name, match in matches.items() if match is None and answer.get(name)]
    return "\n".join([f"Gaps filled rightly: {right} of {len(matches)}.", *filter(None, notes)])


def _widened(row: Row, gap: Gap, answer: Mapping[str, str], tolerance: Tolerance) -> Row:
    """The gap's row, accepting what was written there as well."""
    given = answer.get(gap.id)
    if given is None or best_match(given, gap.accepted, tolerance=tolerance):
        return row
    return {**row, "accepted": [*gap.accepted, given]}


def _accepted_option(gap: Gap, tolerance: Tolerance) -> str:
    """What a full answer puts into the gap: where there are options, one of them."""
    right = _right_options(gap.options, gap.accepted, tolerance)
    if gap.options and not right:
        raise BrokenQuestion("A gap’s list does not hold its answer.")
    return right[0] if right else gap.accepted[0]


def _right_options(options: Sequence[str], accepted: Sequence[str], tolerance: Tolerance) -> list[str]:
    """The options that earn something: none is typed, so none is a slip."""
    return [each for each in options if best_match(each, accepted, tolerance=_without_typos(tolerance))]


def _without_typos(tolerance: Tolerance) -> Tolerance:
    return Tolerance(False, tolerance.case_sensitive, tolerance.accents)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def _gap_problems(path: str, row: Row, tolerance: Tolerance) -> Iterator[Problem]:
    yield from accepted_problems(row, path=path)
    yield from texts_problems(row, "options", "the options", least=0, most=MAX_OPTIONS, longest=300, path=path)
    yield from text_problems(row, "feedback", "the feedback", most=MAX_FEEDBACK, path=path)
    options, accepted = row.get("options"), row.get("accepted")
    if options and _are_texts(options) and _are_texts(accepted):
        right = _right_options(options[:MAX_OPTIONS], accepted[:MAX_ACCEPTED], tolerance)
        yield from _option_problems(f"{path}.options", options, right)


def _option_problems(where: str, options: Sequence[str], right: Sequence[str]) -> Iterator[Problem]:
    if not right:
        yield Problem("no_option_accepted", "Put an accepted answer among the options.", where)
    if len(right) == len(options):
        yield Problem("all_options_accepted", "Add an option that is not right.", where)
    if len({told_apart(option) for option in options}) < len(options):
        yield Problem("duplicate_text", "Two of the options say the same. Change or delete one.", where)


def _place_problems(content: Any, rows: Sequence[tuple[str, Row]]) -> Iterator[Problem]:
    text = content.get("text") if isinstance(content, Mapping) else None
    places = Counter(GAP.findall(text)) if isinstance(text, str) else Counter[str]()
    names = {row["id"]: path for path, row in rows if isinstance(row.get("id"), str)}
    for name, path in names.items():
        if places[name] != 1:
            message = f"Write {{{{{name[:40]}}}}} exactly once in the text; it is there {places[name]} times."
            yield Problem("gap_not_once", message, path)
    for name in (name for name in places if name not in names):
        yield Problem("gap_unknown", f"Describe the gap {{{{{name}}}}} or take it out of the text.", "text")


def _are_texts(value: Any) -> TypeGuard[Sequence[str]]:
    return isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)
