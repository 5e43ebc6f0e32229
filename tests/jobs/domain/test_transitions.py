from __future__ import annotations

import pytest

from jobs.domain import ForbiddenTransition
from jobs.domain.transitions import move
from jobs.models import TRANSITIONS, Job, JobState


@pytest.mark.parametrize("source", JobState)
@pytest.mark.parametrize("target", JobState)
def test_a_step_that_the_table_does_not_allow_is_refused_before_any_statement(
    source: JobState, target: JobState
) -> None:
    if target in TRANSITIONS[source]:
        return
    with pytest.raises(ForbiddenTransition, match=f"from {source.value} to {target.value}"):
        move(Job.objects.all(), sources=[source], target=target)
