"""The words of states reach a translation, whichever there are."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

import pytest

from course.domain import roster_applying
from course.domain.concept_changes import DEEDS
from course.models import ConceptState, Role
from course.reading.changed_lines import Fate
from hooks.models import EndpointState
from quizzes.domain import imported_people
from quizzes.domain.verdicts import Verdict
from quizzes.mastery import MasteryState
from quizzes.models import QuizMode
from quizzes.models.regrades import RunState
from tests.quality.sentences import ROOT
from web.studio import state_words


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (state_words.VERDICTS, Verdict),
        (state_words.CONCEPTS, ConceptState),
        (state_words.MASTERY, MasteryState),
        (state_words.PARTS, Role),
        (state_words.MODES, QuizMode),
        (state_words.RUNS, RunState),
        (state_words.ENDPOINTS, {*EndpointState.values, "failing"}),
        (state_words.LINES, set(Fate) - {Fate.KEPT}),
    ],
    ids=("verdicts", "concepts", "mastery", "parts", "modes", "runs", "endpoints", "lines"),
)
def test_every_state_has_its_word_and_no_word_is_left_over(words: tuple[str, ...], kept: Iterable[str]) -> None:
    assert set(words) == set(map(str, kept))
    assert len(words) == len(set(words))


def recorded() -> Iterator[str]:
    """What the packages write into the audit log of a course, as far as it stands there word for word."""
    for folder in ("authoring", "course", "hooks", "quizzes"):
        for file in sorted((ROOT / folder / "domain").rglob("*.py")):
            for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {"record", "_record", "recorded"}:
                    named = [each.value for each in call.keywords if each.arg == "verb"]
                    yield from _texts(named or call.args[:1])


def _texts(nodes: Iterable[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.IfExp):
            yield from _texts([node.body, node.orelse])
        elif isinstance(node, ast.Constant):
            yield str(node.value)


OF_PEOPLE = {"asked to erase a person", "erased a person"}
"""What is recorded of nobody's course, and shown in none."""


def test_every_deed_that_a_course_records_is_said() -> None:
    deeds = {*recorded(), *DEEDS.values(), *roster_applying.VERBS.values(), *imported_people.VERBS.values()}
    assert deeds - OF_PEOPLE <= set(state_words.DEEDS)


@pytest.mark.parametrize("deed", sorted(set(state_words.DEEDS) - {f"{each} a concept" for each in ConceptState}))
def test_no_deed_is_said_that_nothing_records(deed: str) -> None:
    sources = (file for folder in ("authoring", "course", "hooks", "quizzes") for file in (ROOT / folder).rglob("*.py"))
    assert any(f'"{deed}"' in file.read_text(encoding="utf-8") for file in sources)
