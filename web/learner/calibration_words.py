"""How sure a learner was and how right, in words and a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from language import counted, marked, say
from quizzes.domain.calibration import Calibration
from web.learner.charts.calibration import CalibrationChart, calibration_chart
from web.learner.wording import percent

CONFIDENCE_WORDS = {1: marked("Guessing"), 2: marked("Fairly sure"), 3: marked("Certain")}
CERTAIN, GUESSING = 3, 1
ENOUGH = 5
"""Below so many answers of one confidence nothing is said of it."""
OFTEN_WRONG, OFTEN_RIGHT = 0.8, 0.6


@dataclass(frozen=True, slots=True)
class ShownCalibration:
    """The figure, its rows as a table (confidence, answers, right), and its reading."""

    chart: CalibrationChart
    rows: list[tuple[str, int, str]]
    reading: str


def shown_calibration(found: Sequence[Calibration]) -> ShownCalibration | None:
    """The learner's calibration as the page shows it; None before they said of any answer how sure they were."""
    if not found:
        return None
    bars = [
        (
            say(CONFIDENCE_WORDS[each.confidence]),
            say("{earned} of {answers}", earned=percent(each.earned), answers=counted(each.answers, "answer")),
            each.earned,
        )
        for each in found
    ]
    rows = [(say(CONFIDENCE_WORDS[each.confidence]), each.answers, percent(each.earned)) for each in found]
    return ShownCalibration(calibration_chart(bars), rows, _reading({each.confidence: each for each in found}))


def _reading(found: dict[int, Calibration]) -> str:
    certain, guessed = found.get(CERTAIN), found.get(GUESSING)
    if certain and certain.answers >= ENOUGH:
        if certain.earned < OFTEN_WRONG:
            return say("Of what you were certain of, {earned} was right: look twice.", earned=percent(certain.earned))
        if guessed and guessed.answers >= ENOUGH and guessed.earned > OFTEN_RIGHT:
            return say(
                "You know more than you think: {earned} of your guesses were right.", earned=percent(guessed.earned)
            )
        return say("When you are certain you are right: {earned} of the time.", earned=percent(certain.earned))
    return say(
        "Say of {enough} that you are certain, and this tells how often you are right.",
        enough=counted(ENOUGH, "answer"),
    )
