"""How well the learners of a course know one of its concepts, counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from course.models import Concept, Enrollment, Role
from course.rules import is_current
from quizzes.mastery import MasteryState, state_of
from quizzes.models import ConceptMastery


@dataclass(frozen=True, slots=True)
class ClassMastery:
    """How many of the `learners` stand where; whoever was not asked enough is `not_enough`."""

    learners: int
    firm: int
    growing: int
    shaky: int

    @property
    def not_enough(self) -> int:
        """Learners of whom too little is known to say anything."""
        return self.learners - self.firm - self.growing - self.shaky

    @property
    def known(self) -> int:
        """Learners of whom something can be said."""
        return self.learners - self.not_enough


def class_mastery(concept: Concept) -> ClassMastery:
    """Where the concept's learners stand now; whose part has ended or not begun is not counted. Two queries."""
    learners = Enrollment.objects.filter(is_current(), course=concept.course_id, role=Role.LEARNER)
    known = ConceptMastery.objects.filter(concept=concept, enrollment__in=learners)
    states = Counter(state_of(value) for value in known.values_list("mastery", flat=True))
    return ClassMastery(
        learners=learners.count(),
        firm=states[MasteryState.FIRM],
        growing=states[MasteryState.GROWING],
        shaky=states[MasteryState.SHAKY],
    )
