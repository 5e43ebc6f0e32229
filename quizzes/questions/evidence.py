"""Evidence: the learner points at the sentences that prove a claim."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from quizzes.questions.answers import some_of
from quizzes.questions.authored import MAX_TEXT, Row, optional_text_of, rows_with_problems, shared_problems, text_of
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
from quizzes.questions.choices import (
    Choice,
    choice_problems,
    choices_of,
    correct_ids,
    number_correct,
    reviewed,
    shown,
    verdicts,
)

ASK = "Choose at least one sentence."


class Evidence(QuestionType):
    """Sentences of a passage in reading order, graded by how far the chosen text and the proof cover each other."""

    kind = "evidence"
    label = "Find the evidence"
    control = Control.SENTENCES
    id_rows = "sentences"

    def author_fields(self) -> Sequence[Field]:
        return (
            Field("stem", "Claim or question", "text", "What the chosen sentences have to prove or answer."),
            Field("sentences", "Sentences", "options", "In reading order; mark those that prove it, not more."),
            Field("explanation", "Why", "text", "Shown in the review, whatever was chosen.", required=False),
        )

    def check(self, content: Content) -> list[Problem]:
        rows, problems = rows_with_problems(content, "sentences", "the sentences", least=2, most=80)
        found = [*shared_problems(content), *problems, *choice_problems(rows, "a sentence", most=MAX_TEXT)]
        found += _offset_problems(rows)
        right = number_correct(content, "sentences")
        if not right:
            found.append(Problem("none_correct", "Mark the sentence that proves it.", "sentences"))
        if rows and right == len(rows):
            found.append(Problem("all_correct", "Add a sentence that proves nothing.", "sentences"))
        return found

    def present(self, content: Content, seed: int) -> Presentation:
        sentences = shown(choices_of(content, "sentences").values())
        return Presentation(self.control, text_of(content, "stem"), {"sentences": sentences})

    def parse(self, content: Content, data: Any) -> Answer:
        return some_of(data, choices_of(content, "sentences"), ask=ASK)

    def grade(self, content: Content, answer: Answer) -> Outcome:
        """Overlap times restraint, in characters: |chosen and proof| / |chosen or proof| * |rest left alone| / |rest|.

        The first factor is the Jaccard index (Jaccard 1912), the second the specificity (Yerushalmy 1947). Only the
        exact choice earns 1, and choosing every sentence earns 0, which the index alone would not give.
        """
        sentences = choices_of(content, "sentences")
        fraction = _overlap(sentences, answer) * _restraint(sentences, answer)
        found = sum(sentences[name].correct for name in answer)
        note = _feedback(found, extra=len(answer) - found, wanted=len(_proof(sentences)))
        return Outcome(fraction, note, {"parts": verdicts(sentences.values(), answer)})

    def model_answer(self, content: Content) -> Answer:
        return _proof(choices_of(content, "sentences"))

    def summarise(self, content: Content, answer: Answer) -> str:
        chosen = [each.text for each in choices_of(content, "sentences").values() if each.id in answer]
        return " […] ".join(" ".join(text.split()) for text in chosen)

    def classify(self, content: Content, answer: Answer) -> str:
        proof = set(_proof(choices_of(content, "sentences")))
        chosen = set(answer)
        if not proof & chosen:
            return "none of the proof"
        amount = "the proof" if proof <= chosen else "part of the proof"
        return amount if chosen <= proof else f"{amount} and more"

    def review(self, content: Content, answer: Answer | None, seed: int) -> Mapping[str, Any]:
        parts = reviewed(choices_of(content, "sentences").values(), answer or ())
        return {"parts": parts, "why": optional_text_of(content, "explanation")}

    def examples(self) -> Iterable[Example]:
        rows = [
            ("s8v", "The mill stood empty for years.", False),
            ("f4c", "Rent fell to a third.", True),
            ("n7z", "Then the potters came.", True),
            ("d3h", "They stayed for good.", False),
        ]
        sentences = [{"id": name, "text": text, "correct": right} for name, text, right in rows]
        content = {"stem": "Which sentences say what brought new tenants to the mill?", "sentences": sentences}
        yield Example(content, ["f4c", "n7z"], 1.0, "exactly the proof")
        yield Example(content, ["f4c"], 21 / 43, "part of the proof")
        yield Example(content, ["f4c", "n7z", "d3h"], 43 / 64 * 31 / 52, "the proof and one sentence more")
        yield Example(content, ["s8v"], 0.0, "a sentence that proves nothing")
        yield Example(content, ["s8v", "f4c", "n7z", "d3h"], 0.0, "everything")
        yield Example(content, [], None, "nothing chosen")
        yield Example(content, ["s8v", 4], None, "a position instead of an id")


def _proof(sentences: Mapping[str, Choice]) -> list[str]:
    proof = correct_ids(sentences.values())
    if not proof:
        raise BrokenQuestion("No sentence of the question proves it.")
    return proof


def _overlap(sentences: Mapping[str, Choice], chosen: Collection[str]) -> float:
    proof = set(_proof(sentences))
    return _characters(sentences, proof & set(chosen)) / _characters(sentences, proof | set(chosen))


def _restraint(sentences: Mapping[str, Choice], chosen: Collection[str]) -> float:
    rest = {name for name, sentence in sentences.items() if not sentence.correct}
    return _characters(sentences, rest - set(chosen)) / _characters(sentences, rest) if rest else 1.0


def _characters(sentences: Mapping[str, Choice], names: Collection[str]) -> int:
    return sum(max(1, len(sentences[name].text.strip())) for name in names)


def _feedback(found: int, *, extra: int, wanted: int) -> str:
    if found == wanted and not extra:
        return "You chose exactly what proves it."
    return f"Proving sentences chosen: {found} of {wanted}. Sentences chosen that do not prove it: {extra}."


def _offset_problems(rows: Sequence[tuple[str, Row]]) -> Iterator[Problem]:
    for path, row in rows:
        start, end = row.get("start"), row.get("end")
        if start is None and end is None:
            continue
        if type(start) is not int or type(end) is not int or not 0 <= start < end:
            message = "Give the sentence’s place in the article as two whole numbers, start before end."
            yield Problem("bad_offsets", message, path)
