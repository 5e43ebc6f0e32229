"""Short text: a term or a phrase typed from memory, matched with the tolerance the author set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from quizzes.questions.answers import MAX_TEXT, answer_text
from quizzes.questions.authored import (
    MAX_FEEDBACK,
    Row,
    flag_problems,
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
    Outcome,
    Presentation,
    Problem,
    QuestionType,
)
from quizzes.questions.patterns import fitting_pattern, pattern_problems
from quizzes.questions.text_matching import LIBERTIES, Match, Tolerance, best_match, match_one, normalised

ASK = "Type your answer."
MAX_REFERENCES = 20
LONGEST_REFERENCE = 1_000
MAX_ACCEPTED = 50
LONGEST_ACCEPTED = 300
BUCKET = 80


class ShortText(QuestionType):
    """An accepted text earns 1, anything else 0; a near miss is told why it is not the answer.

    With `references`, model answers in free words, other answers are compared with these instead of earning 0.
    """

    kind = "short_text"
    version = 3
    label = "Short answer"
    control = Control.LINE

    def grader_for(self, content: Any) -> str:
        return "similarity" if isinstance(content, Mapping) and content.get("references") else self.grader

    def author_fields(self) -> Sequence[Field]:
        free = "For answers of a sentence: two or more, each worded its own way. People grade the first answers."
        return (
            Field("stem", "Question", "text", "Ask for a term or a short phrase."),
            Field("accepted", "Accepted answers", "lines", "One on each line; the first is shown as the answer."),
            Field("references", "Model answers in free words", "lines", free, required=False),
            Field("patterns", "Patterns", "lines", "Regular expressions that accept a whole answer.", required=False),
            Field("near_misses", "Near misses", "options", "Wrong answers worth a hint of their own.", required=False),
            Field("typos", "Forgive typing slips", "boolean", "One from 5 letters, two from 9.", required=False),
            Field("case_sensitive", "Capital letters matter", "boolean", required=False),
            Field("accents", "Accents matter", "boolean", required=False),
            Field("explanation", "Why", "text", "Shown in the review, whatever was typed.", required=False),
        )

    def check(self, content: Content) -> list[Problem]:
        rows, problems = rows_with_problems(content, "near_misses", "the near misses", least=0, most=MAX_ACCEPTED)
        found = [*shared_problems(content), *accepted_problems(content), *problems]
        for path, row in rows:
            found += text_problems(row, "text", "a near miss", most=LONGEST_ACCEPTED, required=True, path=path)
            found += text_problems(row, "feedback", "its feedback", most=MAX_FEEDBACK, required=True, path=path)
        found += texts_problems(
            content, "references", "the model answers", least=0, most=MAX_REFERENCES, longest=LONGEST_REFERENCE
        )
        found += [*pattern_problems(content, "patterns"), *flag_problems(content, "typos", "case_sensitive", "accents")]
        return found or [*_overlap_problems(content)]

    def present(self, content: Content, seed: int) -> Presentation:
        return Presentation(self.control, text_of(content, "stem"), {"max_length": MAX_TEXT})

    def parse(self, content: Content, data: Any) -> Answer:
        return answer_text(data, ask=ASK)

    def grade(self, content: Content, answer: Answer) -> Outcome:
        accepted, near = _matches(content, answer)
        if accepted:
            note = f"Accepted; it is written “{accepted.text}”." if accepted.typos else ""
            return Outcome(1.0, note, _detail("right", accepted))
        if pattern := _pattern(content, answer, near):
            detail = {"parts": [{"id": "answer", "verdict": "right"}], "path": [f"It fits the pattern “{pattern}”."]}
            return Outcome(1.0, "", detail)
        if near:
            feedback = dict(_near_misses(content))[near.text]
            return Outcome(0.0, feedback, _detail("near miss", near))
        if texts_of(content, "references"):
            return Outcome(None, detail={"parts": [], "path": ["It is none of the accepted answers word for word."]})
        return Outcome(0.0, "This is not one of the accepted answers.", _detail("wrong", None))

    def with_accepted(self, content: Content, answer: Answer) -> Content | None:
        near = [row for row in rows_of(content, "near_misses") if not _is_this(row, answer, Tolerance.of(content))]
        wider = {**content, "accepted": [*_accepted(content), answer], "near_misses": near}
        return None if self.check(wider) or self.grade(wider, answer).fraction != 1 else wider

    def model_answer(self, content: Content) -> Answer:
        return answer_text(_accepted(content)[0], ask=ASK)

    def summarise(self, content: Content, answer: Answer) -> str:
        return " ".join(answer.split())

    def classify(self, content: Content, answer: Answer) -> str:
        accepted, near = _matches(content, answer)
        if accepted:
            return f"accepted: {accepted.text}"
        if pattern := _pattern(content, answer, near):
            return f"fits: {pattern}"
        if near:
            return f"near miss: {near.text}"
        return f"other: {normalised(answer, tolerance=Tolerance.of(content))[:BUCKET]}"

    def review(self, content: Content, answer: Answer | None, seed: int) -> Mapping[str, Any]:
        fraction = 0.0 if answer is None else self.grade(content, answer).fraction
        right = None if fraction is None else fraction == 1
        shown = [*_accepted(content), *texts_of(content, "references")]
        part = {"id": "answer", "given": answer or "", "accepted": shown, "right": right}
        return {"parts": [part], "why": optional_text_of(content, "explanation")}

    def examples(self) -> Iterable[Example]:
        content = {
            "stem": "What does the guide call the hour in which the tide turns?",
            "accepted": ["slack water", "slack tide"],
            "near_misses": [{"text": "high water", "feedback": "That is when the tide stands highest."}],
            "explanation": "For a while the current runs neither way.",
        }
        yield Example(content, "slack water", 1.0, "as written")
        yield Example(content, "  The Slack\u00a0Water. ", 1.0, "capital letters, spaces, an article, a full stop")
        yield Example(content, "slack wather", 1.0, "one slip in a word of five letters")
        yield Example(content, "high water", 0.0, "a near miss, with its feedback")
        yield Example(content, "not slack water", 0.0, "a negation is never a slip")
        yield Example(content, "ebb", 0.0, "something else")
        yield Example(content, " ", None, "nothing typed")
        yield Example(content, {"text": "slack water"}, None, "no text")
        tide = {**content, "patterns": ["(slack|still) (sea|tide|water)s?( .*)?", r"st(and|anding) of (the )?tide"]}
        yield Example(tide, "Still waters of the harbour", 1.0, "fits a pattern as a whole")
        yield Example(tide, "hardly still water", 0.0, "fits it only in part")
        yield Example(tide, "high water", 0.0, "fits none")
        year = {"stem": "In which year did the lighthouse go dark?", "accepted": ["1974"]}
        yield Example(year, "1974", 1.0, "a figure")
        yield Example(year, "1947", 0.0, "a figure has no typing slips")
        why = {
            "stem": "Why did the ferry stay in the harbour?",
            "accepted": ["because of the storm"],
            "references": ["The wind was too strong to cross the bay.", "A storm made the crossing too dangerous."],
        }
        yield Example(why, "because of the storm", 1.0, "an accepted answer beside model answers in free words")
        yield Example(
            why, "the wind would have been too strong", None, "compared with the model answers", by_person=True
        )
        coined = {"stem": "Which word names the baker's new roll?", "accepted": ["Möwe"], "accents": True}
        yield Example(coined, "Mowe", 0.0, "where accents matter")


def accepted_problems(holder: Any, *, path: str = "") -> Iterator[Problem]:
    """Problems of a list of accepted texts: how many, each of them, and those of which nothing is left to compare."""
    yield from texts_problems(
        holder, "accepted", "the accepted answers", least=1, most=MAX_ACCEPTED, longest=LONGEST_ACCEPTED, path=path
    )
    texts = holder.get("accepted") if isinstance(holder, Mapping) else None
    for place, text in enumerate(texts[: MAX_ACCEPTED + 1] if isinstance(texts, list | tuple) else ()):
        if isinstance(text, str) and text.strip() and not normalised(text[:LONGEST_ACCEPTED], tolerance=Tolerance()):
            where = f"{path}.accepted.{place}" if path else f"accepted.{place}"
            yield Problem("only_punctuation", "Write an accepted answer that has letters or figures.", where)


def _accepted(content: Content) -> list[str]:
    accepted = texts_of(content, "accepted")
    if not accepted:
        raise BrokenQuestion("The question has no accepted answer.")
    return accepted


def _near_misses(content: Content) -> list[tuple[str, str]]:
    return [(text_of(row, "text"), optional_text_of(row, "feedback")) for row in rows_of(content, "near_misses")]


def _is_this(near_miss: Row, answer: str, tolerance: Tolerance) -> bool:
    return match_one(answer, text_of(near_miss, "text"), tolerance=tolerance) is not None


def _matches(content: Content, answer: str) -> tuple[Match | None, Match | None]:
    """The accepted text or the near miss that the answer is; as near to both, it is the near miss."""
    tolerance = Tolerance.of(content)
    accepted = best_match(answer, _accepted(content), tolerance=tolerance)
    near = best_match(answer, (text for text, _ in _near_misses(content)), tolerance=tolerance)
    if accepted and near:
        return (accepted, None) if accepted.cost < near.cost else (None, near)
    return accepted, near


def _pattern(content: Content, answer: str, near: Match | None) -> str | None:
    """The pattern that accepts the answer; a near miss without any slip is a near miss, whatever it fits."""
    if near and not near.typos:
        return None
    return fitting_pattern(answer, texts_of(content, "patterns"), tolerance=Tolerance.of(content))


def _detail(verdict: str, match: Match | None) -> dict[str, Any]:
    path = match.path if match else ["It is none of the accepted answers, even with typing slips forgiven."]
    return {"parts": [{"id": "answer", "verdict": verdict}], "path": path}


def _overlap_problems(content: Content) -> Iterator[Problem]:
    tolerance = Tolerance.of(content)
    strict = Tolerance(False, tolerance.case_sensitive, tolerance.accents)
    accepted = _accepted(content)
    for place, text in enumerate(accepted):
        if any(_reads_alike(text, earlier, strict) for earlier in accepted[:place]):
            yield Problem("duplicate_accepted", f"“{text}” is accepted already. Delete one.", f"accepted.{place}")
    for place, (text, _) in enumerate(_near_misses(content)):
        if any(_reads_alike(text, each, strict) for each in accepted):
            message = f"“{text}” counts as accepted. Delete it here or there."
            yield Problem("near_miss_accepted", message, f"near_misses.{place}.text")


def _reads_alike(text: str, other: str, tolerance: Tolerance) -> bool:
    """Whether the two are one text; “12” and “twelve” may both be listed, and of a near miss tell the figure apart."""
    match = match_one(text, other, tolerance=tolerance)
    return match is not None and LIBERTIES.isdisjoint(match.overlooked)
