"""What runs where: by rules that a test cannot slip through, told where people read how to take part."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.__main__ import IN_BROWSERS, INSTALLATIONS, OF_CHAOS, ROOT, WITHOUT_DATABASE, unless
from tests.marks import marks_of, marks_that_follow

DOORS = [
    "every page, at a glance",
    "every page, mirrored",
    "in French",
    "keyboard",
    "learner and studio",
    "without JavaScript",
]


def sources() -> dict[str, str]:
    """The tests' modules by their path."""
    paths = [path for path in sorted(Path(ROOT, "tests").rglob("test_*.py")) if path != Path(__file__)]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def known_marks() -> list[str]:
    settings = tomllib.loads(Path(ROOT, "pyproject.toml").read_text(encoding="utf-8"))
    return [re.split("[:(]", line)[0] for line in settings["tool"]["pytest"]["ini_options"]["markers"]]


@pytest.mark.parametrize(
    ("marks", "fixtures", "more"),
    [
        ([], [], []),
        (["slow"], ["tmp_path"], []),
        (["django_db"], [], ["database"]),
        ([], ["db"], ["database"]),
        ([], ["live_server"], ["database"]),
        ([], ["transactional_db", "tmp_path"], ["database"]),
        (["browser"], [], ["full"]),
        (["browser", "django_db"], ["desk"], ["database", "full"]),
        (["browser", "door"], [], []),
        (["browser", "promise"], [], []),
        (["browser", "promise", "django_db"], [], ["database"]),
        (["chaos"], [], []),
        (["promise"], [], []),
    ],
)
def test_marks_follow_from_what_a_test_asks_for(marks: list[str], fixtures: list[str], more: list[str]) -> None:
    assert list(marks_that_follow("tests/quizzes/test_x.py", marks, fixtures)) == more


@pytest.mark.parametrize(
    ("marks", "fixtures", "more"),
    [
        ([], [], []),
        (["django_db"], [], ["database", "once"]),
        ([], ["transactional_db"], ["database", "once"]),
        (["django_db", "twice"], [], ["database"]),
        (["twice"], ["db"], ["database"]),
        (["browser", "django_db"], [], ["database", "once", "full"]),
    ],
)
def test_at_a_door_a_database_is_asked_once_unless_something_is_said_of_it(
    marks: list[str], fixtures: list[str], more: list[str]
) -> None:
    assert list(marks_that_follow("tests/web/studio/test_x.py", marks, fixtures)) == more


@pytest.mark.parametrize(
    ("marks", "fixtures", "more"),
    [
        ([], [], []),
        (["django_db"], [], ["database", "domain"]),
        ([], ["db"], ["database", "domain"]),
        (["django_db", "transaction"], [], ["database"]),
        ([], ["transactional_db"], ["database"]),
        (["django_db", "twice"], [], ["database"]),
    ],
)
@pytest.mark.parametrize("app", ["authoring", "course", "quizzes"])
def test_in_the_domain_one_database_is_asked_unless_the_test_commits(
    app: str, marks: list[str], fixtures: list[str], more: list[str]
) -> None:
    assert list(marks_that_follow(f"tests/{app}/domain/test_x.py", marks, fixtures)) == more


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_is_known_by_how_it_asks_for_its_database(request: pytest.FixtureRequest) -> None:
    assert {"django_db", "transaction"} <= marks_of(request.node)


@pytest.mark.django_db
def test_a_test_that_is_undone_asks_for_no_more_than_a_database(request: pytest.FixtureRequest) -> None:
    assert "transaction" not in marks_of(request.node)


@pytest.mark.parametrize("place", WITHOUT_DATABASE)
def test_where_the_turn_of_postgresql_does_not_look_no_test_has_a_database(place: str) -> None:
    looked_at = {path: text for path, text in sources().items() if path.startswith(f"{place}/")}
    assert looked_at
    asks = re.compile(r"django_db|transactional_db|live_server|\bdb: None")
    assert [path for path, text in looked_at.items() if asks.search(text)] == []


@pytest.mark.parametrize(("mark", "places"), [("browser", IN_BROWSERS), ("chaos", [*OF_CHAOS, *INSTALLATIONS])])
def test_tests_that_start_processes_stand_where_they_are_looked_for(mark: str, places: list[str]) -> None:
    bearing = [
        path
        for path, text in sources().items()
        if re.search(rf"^(@|pytestmark.*)pytest\.mark\.{mark}\b", text, re.MULTILINE)
    ]
    assert bearing
    assert [path for path in bearing if not path.startswith(tuple(places))] == []


def test_there_is_a_journey_for_each_door() -> None:
    found = re.findall(r'pytest\.mark\.door\("(.*?)"\)', "".join(sources().values()))
    assert sorted(set(found)) == DOORS


def test_only_a_full_run_takes_in_what_is_full() -> None:
    assert (unless(everything=True), unless(everything=False)) == ("", " and not full")


@pytest.mark.parametrize("mark", known_marks())
def test_every_mark_is_explained_to_whoever_takes_part(mark: str) -> None:
    assert f"`{mark}" in Path(ROOT, "CONTRIBUTING.md").read_text(encoding="utf-8")
