"""The grader of free text: model answers, answers people graded, a model, and guards that leave doubts to a person.

Nothing is accepted by it alone until the question has earned that (`automatic_accept`), and nothing refused; see
docs/grader-similarity.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from quizzes.grading.base import Grader, GradingRequest
from quizzes.grading.similar.asked import MOST_REFERENCES, Asked, asked
from quizzes.grading.similar.encoder import FEATURE, Encoder, encoder_of, told_of
from quizzes.grading.similar.features import Features, features
from quizzes.grading.similar.guards import Case, objections
from quizzes.grading.similar.model import Model, Weights, shipped
from quizzes.grading.similar.neighbours import Neighbour, neighbours_in, same_answer, undisputed
from quizzes.grading.similar.texts import Text, read
from quizzes.questions import question_type
from quizzes.questions.authored import flag_of, optional_text_of, texts_of
from quizzes.questions.base import Outcome

FEWEST_REFERENCES = 2
TOO_FEW = "A person looks at it: there are fewer than two model answers to compare it with."
OBJECTIONS = {
    "too_long": "It is much longer than the model answers.",
    "negation": "It denies what the nearest model answer says, or the other way round.",
    "word_order": "It has the words of a model answer in another order.",
    "word_list": "It lists words instead of saying how they belong together.",
    "copied_question": "It mostly repeats the question.",
    "alternatives": "It offers several answers with “or”, and one of them is something else.",
    "quoted": "It quotes a long stretch of the passage.",
    "language": "It is in another language than the model answers.",
    "no_words": "It has neither letters nor figures.",
    "numbers_and_names": "Figures or names differ from those of the nearest model answer.",
}


class SimilarityGrader:
    """Grades by resemblance to model answers; what changes a fraction changes the version.

    `settings`: {"automatic_accept": bool, "passage": str, "encoder": {"folder": str, "digest": str}}; without the
    first, off by default, the model only suggests; without the last it weighs words alone.
    """

    name = "similarity"
    version = 4
    may_defer = True
    heeds_precedents = True

    def grade(self, request: GradingRequest) -> Outcome:
        """By the kind's accepted variants, by a graded answer that says the same, or by the model; else None.

        `detail`: `path` in sentences; where the model was asked, also `suggestion` {"fraction", "probability"},
        `guards` (names of those that object), `features`, and `encoder` {"name", "digest"} where one was asked too.
        Raises BrokenQuestion for unusable content, and EncoderUnavailable where an encoder is named that cannot be
        used.
        """
        answer = str(request.answer)
        if not read(answer).words:
            return Outcome(
                0.0, "There is nothing to grade in this answer.", _detail(OBJECTIONS["no_words"], guards=["no_words"])
            )
        neighbours = list(neighbours_in(request.references))
        decided = _by_rules(request) or _by_reference(request, answer) or _by_neighbour(answer, neighbours)
        return decided or _by_model(request, answer, neighbours)


def _by_rules(request: GradingRequest) -> Outcome | None:
    """What the kind's own rules settle, such as an accepted variant or a near miss; None for what they leave open."""
    outcome = question_type(request.kind).grade(request.content, request.answer)
    return None if outcome.fraction is None else outcome


def _by_reference(request: GradingRequest, answer: str) -> Outcome | None:
    """What says the same as a model answer of the author."""
    is_same = says_the_same(answer, texts_of(request.content, "references"))
    return Outcome(1.0, "", _detail("It says the same as a model answer.")) if is_same else None


def _by_neighbour(answer: str, neighbours: list[Neighbour]) -> Outcome | None:
    same = same_answer(read(answer), neighbours)
    if same is None:
        return None
    return Outcome(same.fraction, "", _detail(f"It says the same as “{same.text}”, which a person graded."))


def _by_model(request: GradingRequest, answer: str, neighbours: list[Neighbour]) -> Outcome:
    references = tuple(_references(request, neighbours))
    question = asked(optional_text_of(request.content, "stem"), references)
    if len(question.references) < FEWEST_REFERENCES:
        return Outcome(None, "", _detail(TOO_FEW))
    passage, encoder = optional_text_of(request.settings, "passage"), encoder_of(request.settings)
    judged = judge(question, answer, passage=passage, model=encoder.model if encoder else None, encoder=encoder)
    may_decide = flag_of(request.settings, "automatic_accept", default=False)
    fraction = 1.0 if may_decide and judged.fraction == 1.0 else None
    detail = {**judged.as_json(), **told_of(request.settings), "path": [*judged.path(may_decide)]}
    return Outcome(fraction, "", detail)


def _references(request: GradingRequest, neighbours: list[Neighbour]) -> Iterator[str]:
    """Model answers of the author, then what people gave the full fraction; each once."""
    texts = (*texts_of(request.content, "references"), *undisputed(neighbours))
    yield from list(dict.fromkeys(texts))[:MOST_REFERENCES]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the model and the guards say of one answer."""

    probability: float
    weights: Weights
    objections: list[str]
    features: dict[str, float]

    @property
    def fraction(self) -> float | None:
        """1 where the model is sure and no guard objects, 0 where it is sure of the contrary; else None."""
        if self.probability <= self.weights.reject:
            return 0.0
        return 1.0 if self.probability >= self.weights.accept and not self.objections else None

    @property
    def suggested(self) -> float:
        """The better guess: what a person is shown beside the answer."""
        return float(self.probability >= self.weights.right)

    def path(self, may_decide: bool) -> Iterator[str]:
        """The reasons in sentences."""
        yield f"Compared with the model answers, it is right with a probability of {self.probability:.0%}."
        yield from (OBJECTIONS[name] for name in self.objections)
        if self.fraction is None:
            yield "That is too unsure to decide: a person looks at it."
        elif self.fraction == 0.0:
            yield "It is surely not right, but nobody is refused without a person: one looks at it."
        elif not may_decide:
            yield "A person looks at it: the grader has yet to show that it agrees with people on this question."

    def as_json(self) -> dict[str, Any]:
        suggestion = {"fraction": self.suggested, "probability": round(self.probability, 4)}
        rounded = {name: round(value, 3) for name, value in self.features.items()}
        return {"parts": [], "suggestion": suggestion, "guards": self.objections, "features": rounded}


def judge(
    question: Asked, answer: str, *, passage: str = "", model: Model | None = None, encoder: Encoder | None = None
) -> Judgement:
    """What the model (the shipped one by default) and the guards say of the answer; the question has a reference."""
    text, model = question.read(answer), model or shipped()
    found, count = all_features(question, text, encoder), len(question.references)
    against = objections(Case(question, text, passage))
    return Judgement(model.probability(found, references=count), model.weights(count), against, found)


def all_features(question: Asked, answer: Text, encoder: Encoder | None) -> Features:
    """Every feature of words, and the encoder's where there is one."""
    found = features(question, answer)
    if encoder is not None:
        found[FEATURE] = encoder.likeness(answer.raw, [each.text.raw for each in question.references])
    return found


def says_the_same(answer: str, references: Iterable[str]) -> bool:
    """Whether the answer is one of these, word for word or but for a slip."""
    return same_answer(read(answer), [Neighbour(each, 1.0) for each in references]) is not None


def _detail(reason: str, **more: Any) -> dict[str, Any]:
    return {"parts": [], "path": [reason], **more}


GRADER: Grader = SimilarityGrader()
