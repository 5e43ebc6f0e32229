"""Grading again: many graded answers, a wider key, and one run over all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial

from django.db.models import Count

from jobs.models import Job, JobState
from quizzes.domain.regrades import apply_regrade, plan_regrade, undo_regrade
from quizzes.models import (
    Appeal,
    ConceptMastery,
    LineState,
    RegradeLine,
    RegradeRun,
    Response,
    Result,
    RunState,
)
from tests.chaos.answers import AnswersWorkload
from tests.chaos.workload import Tally
from tests.quizzes.domain.regraded import REASON, Class
from tests.quizzes.domain.waiting_answers import waiting


class RegradesWorkload(AnswersWorkload):
    """`mode` "sleep" is a learner who submits; "plan", "apply" and "undo" are an instructor and the whole run."""

    answers = 2_000

    def submit(self, *, mode: str, seconds: float) -> None:
        plan = partial(_plan, self.answers)
        deeds: Mapping[str, Callable[[], object]] = {"plan": plan, "apply": _apply, "undo": _undo}
        deeds.get(mode, partial(super().submit, mode=mode, seconds=seconds))()

    def tally(self) -> Tally:
        """Once a run is planned, its changed lines count as submitted, and as graded once everything follows them."""
        run = RegradeRun.objects.first()
        if run is None:
            return super().tally()
        if run.state == RunState.PLANNING:
            return Tally(submitted=0, graded=0, duplicates=0, given_up=0, runs=0)
        wanted, events = (0, 3) if run.state in (RunState.UNDOING, RunState.UNDONE) else (1, 2)
        lines = RegradeLine.objects.filter(run=run, state=LineState.CHANGED)
        folded = lines.filter(response__fraction=wanted, response__attempt__fraction=wanted).count()
        total = lines.count()
        return Tally(
            submitted=total,
            graded=folded,
            # Counted at the end only: it would slow down what is watched.
            duplicates=_not_graded(events, run) if folded == total else 0,
            given_up=Job.objects.filter(state__in=[JobState.FAILED, JobState.QUARANTINED]).count(),
            runs=RegradeRun.objects.filter(state__in=[RunState.APPLIED, RunState.UNDONE]).count(),
        )

    def forget_all(self) -> None:
        for model in (Appeal, RegradeLine, RegradeRun, Result, ConceptMastery):
            model._default_manager.all().delete()
        super().forget_all()


class ManyRegradesWorkload(RegradesWorkload):
    """The same with as many answers as a large course has to one question."""

    answers = 10_000


def _not_graded(times: int, run: RegradeRun) -> int:
    """How many of the run's responses were not graded exactly so many times: once for each thing that happened."""
    counted = Response.objects.filter(regrade_lines__run=run).annotate(times=Count("grading_events"))
    return counted.exclude(times=times).count()


def _plan(answers: int) -> None:
    group = Class()
    waiting(group.quiz, ["dry machine"] * answers, fraction=Decimal(0))
    group.accept("thirst machine", "dry machine")
    plan_regrade(group.course, quiz=group.quiz, reason=REASON, actor=group.instructor)


def _apply() -> None:
    apply_regrade(RegradeRun.objects.get(), actor=None)


def _undo() -> None:
    undo_regrade(RegradeRun.objects.get(), actor=None)
