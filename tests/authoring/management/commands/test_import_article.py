"""An article comes in by the command line, or its changed text does; whatever cannot be is told in a sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course.models import Article, Course, CourseState, Revision, TextChange, TextChangeState
from jobs.models import Job
from tests.authoring.domain.test_build import ESSAY
from tests.authoring.domain.tides import rows_kept
from tests.authoring.management.commands.running import refused, run
from tests.course.domain import revised_courses

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def essay(tmp_path: Path) -> Path:
    path = tmp_path / "essay.txt"
    path.write_text(ESSAY)
    return path


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """The harbour's text with one sentence in other words."""
    path = tmp_path / "changed.txt"
    path.write_text(revised_courses.ESSAY.replace("named that the sleeping tax", "called this the sleeping tax"))
    return path


def test_words_and_json_tell_of_the_same_course(essay: Path) -> None:
    said, report = run("import_article", essay).splitlines(), json.loads(run("import_article", essay, "--json"))
    counts = ", ".join(f"{len(report[name])} {name}" for name in ("lessons", "concepts", "drafts", "dropped"))
    assert said[0] == f"draft: /courses/{report['slug']}/ ({counts})"
    assert said[1:] == [f"  {warning['message']}" for warning in report["warnings"]]
    assert Course.objects.count() == 1


def test_it_is_built_on_the_spot_and_by_no_job(essay: Path) -> None:
    run("import_article", essay)
    assert (Job.objects.count(), Course.objects.get().state) == (0, CourseState.DRAFT)


@pytest.mark.parametrize("title", ["x" * 301, "word " * 1000, "中" * 400], ids=["one word", "many words", "Chinese"])
def test_a_title_is_cut_to_what_a_course_keeps(essay: Path, title: str) -> None:
    run("import_article", essay, "--title", title)
    course = Course.objects.get()
    assert (course.title, Article.objects.get().title) == (title[:300], title[:300])
    assert 1 <= len(course.slug) <= 60


def test_a_title_that_is_taken_gets_an_address_of_its_own(tmp_path: Path, essay: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(ESSAY.replace("silver", "golden"))
    for path in (essay, other):
        run("import_article", path, "--title", "Leashes")
    assert sorted(Course.objects.values_list("slug", flat=True)) == ["leashes", "leashes-2"]


@pytest.mark.parametrize("address", ["nobody@example.org", "owner", "", "a@b@c"])
def test_an_owner_that_is_nobody_is_told_before_anything_is_read(tmp_path: Path, address: str) -> None:
    said = refused("import_article", tmp_path / "nothing.txt", "--owner", address)
    assert said == f"There is nobody with the address {address}."


def test_applying_needs_to_be_told_to_which_course(essay: Path) -> None:
    said = refused("import_article", essay, "--apply")
    assert said == "--apply shows learners the changed text of a course: name it with --course."
    assert set(rows_kept().values()) == {0}


def test_a_file_without_end_is_refused_after_its_limit(tmp_path: Path) -> None:
    endless = tmp_path / "endless.txt"
    endless.symlink_to("/dev/zero")
    assert "MB" in refused("import_article", endless)


def test_a_changed_text_that_waits_is_told_again_and_kept_once(changed: Path) -> None:
    course = revised_courses.make_essay()
    first, second = (run("import_article", changed, "--course", course.slug) for _ in range(2))
    assert first == second
    assert first.startswith("planned: revision 1 to 2 (")
    assert (TextChange.objects.count(), Revision.objects.filter(article__revisions__number=2).count()) == (1, 2)


def test_another_text_waits_for_the_first_to_be_decided(changed: Path) -> None:
    course = revised_courses.make_essay()
    run("import_article", changed, "--course", course.slug)
    changed.write_text(revised_courses.ESSAY.replace("Nobody liked it much.", "Everybody liked it."))
    said = refused("import_article", changed, "--course", course.slug)
    assert said == "Another changed text waits for this course. Apply or discard it first."
    assert TextChange.objects.get().state == TextChangeState.PLANNED


def test_a_text_that_was_applied_is_undone_by_giving_the_old_one_again(changed: Path) -> None:
    course = revised_courses.make_essay()
    before = revised_courses.lie(course)
    run("import_article", changed, "--course", course.slug, "--apply")
    assert revised_courses.lie(course) != before
    changed.write_text(revised_courses.ESSAY)
    assert run("import_article", changed, "--course", course.slug, "--apply").startswith("applied: revision 2 to 1 (")
    assert revised_courses.lie(course) == before


def test_a_course_without_a_text_yet_has_none_to_change(changed: Path) -> None:
    course = revised_courses.make_essay()
    course.lessons.all().delete()
    refused("import_article", changed, "--course", course.slug)
    assert not TextChange.objects.exists()
