"""A course file comes in by the command line: whole, once, and published only where that was asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from accounts.domain.people import create_person
from course.models import Course, CourseState, Role
from quizzes.models import QuestionVersion, VersionState
from tests.authoring.domain.tides import TIDES, rows_kept
from tests.authoring.management.commands.running import refused, run

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SURE = TIDES.replace("  - draw 1 tagged water (2 points each)\n", "")
"""The file without the pool that no question is left for, so that it can be published."""
SHORT = (
    "The quiz “First” draws 1 of the questions tagged “water”, and can be sure of 0. "
    "Accept more of them, or draw fewer."
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "tides.postil"
    path.write_text(SURE)
    return path


def test_a_course_comes_in_as_a_draft_and_says_where_it_is(file: Path) -> None:
    assert run("import_course", file) == "draft: Tides (/courses/tides/)\n"
    assert Course.objects.get().state == CourseState.DRAFT


def test_published_at_once_its_accepted_questions_are_and_no_other(file: Path) -> None:
    assert run("import_course", file, "--publish") == "published: Tides (/courses/tides/)\n"
    states = dict(QuestionVersion.objects.values_list("question__key", "state"))
    assert states == {"q1": VersionState.PUBLISHED, "q2": VersionState.DRAFT}


def test_what_keeps_it_from_being_published_is_told_and_the_draft_stays(file: Path) -> None:
    file.write_text(TIDES)
    assert refused("import_course", file, "--publish").splitlines() == [
        "tides was imported as a draft. The course cannot be published yet.",
        SHORT,
    ]
    assert Course.objects.get().state == CourseState.DRAFT


def test_the_owner_is_found_by_the_address_however_it_is_written(file: Path) -> None:
    owner = create_person("owner@example.org", may_author=True)
    run("import_course", file, "--owner", "OWNER@Example.org")
    part = Course.objects.get().enrollments.get()
    assert (part.user, part.role) == (owner, Role.OWNER)


@pytest.mark.parametrize("address", ["nobody@example.org", "owner", "@", " ", ""])
def test_an_owner_that_is_nobody_is_told_and_nothing_comes_in(file: Path, address: str) -> None:
    before = rows_kept()
    assert refused("import_course", file, "--owner", address) == f"There is nobody with the address {address}."
    assert rows_kept() == before


def test_the_same_file_again_is_told_and_changes_nothing(file: Path) -> None:
    run("import_course", file, "--publish")
    before = rows_kept()
    said = refused("import_course", file, "--publish")
    assert said.startswith("There is a course with this address already.")
    assert (rows_kept(), Course.objects.get().state) == (before, CourseState.PUBLISHED)


def test_every_error_is_a_line_and_nothing_comes_in(file: Path) -> None:
    file.write_text(SURE.replace("title: Tides", f"title: {'x' * 301}").replace("lesson: one", "lesson: nine"))
    assert refused("import_course", file, "--publish").splitlines() == [
        f"{file}:2: too_long: “title” has 301 signs; 300 fit.",
        f"{file}:37: unknown_lesson: There is no lesson “nine”.",
    ]
    assert set(rows_kept().values()) == {0}


def test_what_goes_out_comes_in_again_under_another_slug(file: Path) -> None:
    run("import_course", file)
    file.write_text(run("export_course", "tides").replace("slug: tides", "slug: ebbs"))
    run("import_course", file)
    assert run("export_course", "ebbs") == file.read_text()


def test_a_file_without_end_is_refused_after_its_limit() -> None:
    assert refused("import_course", "/dev/zero") == "/dev/zero is larger than 5 MB. Split the course."
