"""How well the grader of free text agrees with people, how often it dares to say so, and whether it can be fooled."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from config.benchmarks.attacks import ATTACKS, MIXED, OFFERED, VERBATIM, attacked
from config.benchmarks.measures import Prediction, measured, predicted, rounded, share_of
from config.benchmarks.registry import Say
from config.benchmarks.report import Report
from config.benchmarks.short_answers import BESIDE_THE_PROJECT, Corpus, GradedAnswer, NoShortAnswers, corpora
from quizzes.grading.similar.asked import Asked, asked
from quizzes.grading.similar.encoder import Encoder, EncoderUnavailable
from quizzes.grading.similar.model import Model, shipped
from quizzes.grading.similarity import judge, says_the_same

HELP = "agreement of the grader of free text with people, coverage, attacks and speed"
MOST_COST, LEAST_VERBATIM, MOST_MILLISECONDS = 0.05, 0.95, 2.0
MOST_MIXED = 0.02
"""Only the order of words tells such an answer from one in a learner's own words: some always pass."""
MOST_OFFERED = 0.10
"""Where all questions are about one thing, what another's reference says may be said of this one too."""
LEAST_PRECISION = 0.90
"""The share of answers that have to be right among those accepted, and among those the grader is sure of."""
LEAST_F1 = {"beetle": 0.77, "scientsbank": 0.71}
LEAST_COVERAGE = {"beetle": 0.35, "scientsbank": 0.10}
"""By what a file's name has in it; of any other file the least of them is asked."""
FOR_SPEED = 1_000


class NoFitting(Exception):
    """What fitting needs is not installed; the message says what to install."""


@dataclass(frozen=True)
class Judged:
    """Predictions for a corpus, and the model that judges answers to each of its questions."""

    corpus: Corpus
    predictions: Sequence[Prediction]
    models: Sequence[Model]
    encoder: Encoder | None = None


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=Path, nargs="+", metavar="FILE.jsonl",
        help="measure the model as it is shipped on these; without, fit and cross-validate on the training files",
    )  # fmt: skip
    parser.add_argument(
        "--encoder", type=Path, metavar="FOLDER", help="with the encoder of this folder beside the words"
    )


def run(options: Mapping[str, Any], say: Say) -> Report:
    """With files, the shipped model; without, cross-validated, and each corpus by a model fitted on the others."""
    report = Report("grading")
    files, folder = options.get("data"), options.get("encoder")
    try:
        encoder = Encoder(folder) if folder else None
        found = corpora(files or sorted(BESIDE_THE_PROJECT.glob("*.jsonl")), encoder=encoder)
        if not found:
            raise NoShortAnswers(f"there are no graded answers in {BESIDE_THE_PROJECT}; name files with --data")
        judged = [as_shipped(each, encoder) for each in found] if files else list(cross_validated(found, say, encoder))
    except (NoShortAnswers, NoFitting, EncoderUnavailable) as problem:
        report.without("the grader of free text", problem)
        return report
    for each in judged:
        tell(report, each)
    if not files:
        tell_transfer(report, found)
    return report


def fitting() -> Any:
    """The module that fits. Raises NoFitting without scikit-learn."""
    try:
        return import_module("config.benchmarks.fitting")
    except ModuleNotFoundError as error:
        raise NoFitting(f"{error.name} is not installed; it comes with requirements/dev.txt") from error


def as_shipped(corpus: Corpus, encoder: Encoder | None = None) -> Judged:
    """By the model that comes with Postil, or by the one that was fitted with the encoder."""
    model = encoder.model if encoder else shipped()
    return Judged(corpus, predicted(model, corpus.answers), [model] * len(corpus.questions), encoder)


def cross_validated(found: Sequence[Corpus], say: Say, encoder: Encoder | None = None) -> Iterator[Judged]:
    """Every answer judged by a model that has seen no answer to its question, thresholds chosen without it too."""
    answers = [answer for corpus in found for answer in corpus.answers]
    predictions: dict[int, Prediction] = {}
    models: dict[int, Model] = {}
    for fold, (model, test) in enumerate(fitting().cross_validated(answers), start=1):
        say(f"Fold {fold}: {len(test):,} answers judged by a model of the others' questions …")
        predictions |= dict(zip(test, predicted(model, [answers[place] for place in test]), strict=True))
        models |= {answers[place].group: model for place in test}
    first = 0
    for corpus in found:
        own = [predictions[first + place] for place in range(len(corpus.answers))]
        groups = dict.fromkeys(answer.group for answer in corpus.answers)
        yield Judged(corpus, own, [models[group] for group in groups], encoder)
        first += len(corpus.answers)


def tell(report: Report, judged: Judged) -> None:
    """The corpus's figures, its attacks and its speed are in the report, with their gates."""
    name, figures = judged.corpus.name, measured(judged.predictions)
    rows = {row: fooled(judged, row) for row in ATTACKS}
    speed = graded_per_second(judged)
    told = {row: rounded(found) for row, found in rows.items()}
    report.figures[name] = {**rounded(figures), "attacks": told, "per_second": speed}
    report.lines += [*_lines(name, figures), *(_attack_line(row, found) for row, found in rows.items())]
    report.lines.append(f"  {speed:,.0f} answers graded per second on one core")
    hold_agreement(report, name, figures)
    report.reach(f"{name}: references accepted word for word", rows[VERBATIM]["accepted"], least=LEAST_VERBATIM)
    worst = max(found["accepted"] for row, found in rows.items() if row not in (VERBATIM, MIXED, OFFERED))
    report.hold(f"{name}: attacks accepted", worst, limit=0.0)
    report.hold(f"{name}: shuffled among foreign words, accepted", rows[MIXED]["accepted"], limit=MOST_MIXED)
    report.hold(f"{name}: offered with another question's, accepted", rows[OFFERED]["accepted"], limit=MOST_OFFERED)
    report.hold(f"{name}: milliseconds for an answer", 1000 / speed, limit=MOST_MILLISECONDS)


def hold_agreement(report: Report, name: str, figures: Mapping[str, Any]) -> None:
    """What is right by people's judgement is held against what is asked of this file. No accepts are none too many."""
    report.reach(f"{name}: weighted F1", figures["weighted_f1"], least=least_of(LEAST_F1, name))
    report.reach(f"{name}: share it is sure of", figures["coverage"], least=least_of(LEAST_COVERAGE, name))
    report.reach(f"{name}: right where sure", figures["accuracy_where_sure"], least=LEAST_PRECISION)
    precision = figures["precision_of_accepts"]
    report.reach(f"{name}: right among accepts", 1.0 if precision is None else precision, least=LEAST_PRECISION)
    report.hold(f"{name}: right answers the guards hold back", figures["guard_cost"], limit=MOST_COST)


def least_of(limits: Mapping[str, float], name: str) -> float:
    """What is asked of the file of this name."""
    return next((least for part, least in limits.items() if part in name.lower()), min(limits.values()))


def tell_transfer(report: Report, found: Sequence[Corpus]) -> None:
    """Each corpus judged by a model of the others only."""
    for corpus in found:
        others = [answer for other in found if other is not corpus for answer in other.answers]
        if others:
            figures = measured(predicted(fitting().fitted(others), corpus.answers))
            report.figures[f"{corpus.name}, fitted on the others only"] = rounded(figures)
            report.lines += _lines(f"{corpus.name}, fitted on the others only", figures)


def fooled(judged: Judged, row: str) -> dict[str, Any]:
    """How many answers of this row there are, and the shares accepted, rejected and left to a person."""
    questions = judged.corpus.questions
    fractions = [
        _fraction(questions[place], text, judged.models[place], judged.encoder)
        for place, text in attacked(questions, row)
    ]
    accepted = share_of([fraction == 1.0 for fraction in fractions])
    rejected = share_of([fraction == 0.0 for fraction in fractions])
    left = share_of([fraction is None for fraction in fractions])
    return {"n": len(fractions), "accepted": accepted, "rejected": rejected, "left": left}


def _fraction(question: Asked, text: str, model: Model, encoder: Encoder | None) -> float | None:
    return (
        1.0
        if says_the_same(text, [each.text.raw for each in question.references])
        else judge(question, text, model=model, encoder=encoder).fraction
    )


def graded_per_second(judged: Judged) -> float:
    """Answers judged anew in one second of CPU time, guards included, questions prepared as they come."""
    answers: Sequence[GradedAnswer] = judged.corpus.answers[:FOR_SPEED]
    asked.cache_clear()
    before = time.process_time()
    for answer in answers:
        question = asked(answer.asked.question.raw, tuple(each.text.raw for each in answer.asked.references))
        judge(question, answer.text, model=judged.models[0], encoder=judged.encoder)
    return round(len(answers) / (time.process_time() - before), 1)


def _lines(name: str, figures: Mapping[str, Any]) -> list[str]:
    agreement = f"accuracy {figures['accuracy']:.3f}, weighted F1 {figures['weighted_f1']:.3f}"
    precision = figures["precision_of_accepts"]
    accepts = f"accepts {figures['accepted']:.1%} (precision {'–' if precision is None else f'{precision:.3f}'})"
    return [
        f"{name}: {figures['n']:,} answers, {agreement}",
        f"  sure of {figures['coverage']:.1%}, right in {figures['accuracy_where_sure']:.1%} of these; {accepts}",
        f"  guards hold back {figures['guard_cost']:.1%} of the right answers that the model would accept",
    ]


def _attack_line(row: str, found: Mapping[str, Any]) -> str:
    return (
        f"  {row:40} {found['n']:4} answers: {found['accepted']:6.1%} accepted, {found['rejected']:6.1%} rejected, "
        f"{found['left']:6.1%} left to a person"
    )
