"""The commands that people script against."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.domain.people import create_person
from course.models import Article, Course, CourseState, Revision
from tests.authoring.domain.test_build import ESSAY
from tests.course.domain import revised_courses

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SAMPLE = Path(__file__).parents[3] / "authoring/samples/belarus-between-two-chairs.postil"
ARTICLE = Path(__file__).parents[4] / "shared/article.txt"


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def refused(*words: str) -> str:
    with pytest.raises(CommandError) as refusal:
        run(*words)
    assert refusal.value.returncode == 2
    return str(refusal.value)


@pytest.fixture
def essay(tmp_path: Path) -> str:
    path = tmp_path / "essay.txt"
    path.write_text(ESSAY)
    return str(path)


def imported(path: str, *more: str) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(run("import_article", path, "--json", *more))
    return report


def test_an_article_becomes_a_draft_with_a_report(essay: str) -> None:
    report = imported(essay)

    course = Course.objects.get()
    assert (report["course"], report["slug"], report["state"]) == (str(course.uuid), course.slug, "draft")
    assert course.title == "The harbour that waits"
    assert [lesson["title"] for lesson in report["lessons"]][1:] == ["A borrowed quay", "What the winter will bring"]
    spans = [place for concept in report["concepts"] for place in concept["mentions"]]
    spans += [draft["evidence"] for draft in report["drafts"]]
    assert spans
    assert all(report["text"][span["start"] : span["end"]] == span["quote"] for span in spans)
    assert [concept["rank"] for concept in report["concepts"]] == list(range(1, len(report["concepts"]) + 1))


def test_the_same_article_again_gives_the_same_report_and_writes_nothing(essay: str) -> None:
    first, second = imported(essay), imported(essay)

    assert first == second
    assert (Course.objects.count(), Revision.objects.count()) == (1, 1)


def test_a_title_and_an_owner_can_be_given(essay: str) -> None:
    owner = create_person("owner@example.org", may_author=True)

    imported(essay, "--title", "Leashes", "--owner", "owner@example.org")

    course = Course.objects.get()
    assert (course.title, course.slug) == ("Leashes", "leashes")
    assert course.enrollments.get().user == owner


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b""),
        ("blank.txt", b" \n\n "),
        ("binary.txt", bytes(range(256)) * 40),
        ("picture.png", b"\x89PNG\r\n"),
        ("not.pdf", b"This is no PDF at all."),
        ("not.docx", b"PK no zip"),
        ("huge.txt", b"word " * 50_000),
    ],
)
def test_a_file_that_is_no_article_is_refused_in_one_sentence(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)

    message = refused("import_article", str(path))

    assert message.strip()
    assert "\n" not in message
    assert not Article.objects.exists()


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in refused("import_article", str(tmp_path / "nothing.txt"))


def test_an_unknown_owner_is_refused(essay: str) -> None:
    assert "nobody@example.org" in refused("import_article", essay, "--owner", "nobody@example.org")


def test_the_real_article_is_read_as_it_should_be() -> None:
    if not ARTICLE.exists():
        pytest.skip("the real article is not beside this checkout")

    report = imported(str(ARTICLE))

    assert [lesson["paragraphs"] for lesson in report["lessons"]] == [5, 4, 6, 9, 3]
    assert [drop["reason"] for drop in report["dropped"]] == ["donation"] * 3 + ["tail", "related"]
    assert len(report["pull_quotes"]) == 1
    drafted = {concept["term"] for concept in report["concepts"][:20]} & {
        draft["concept"] for draft in report["drafts"]
    }
    assert len(drafted) >= 14


def test_a_course_file_is_imported_published_and_exported_unchanged(tmp_path: Path) -> None:
    run("import_course", str(SAMPLE), "--publish")

    assert Course.objects.get().state == CourseState.PUBLISHED
    assert run("export_course", "belarus-between-two-chairs") == SAMPLE.read_text()
    target = tmp_path / "out.postil"
    run("export_course", "belarus-between-two-chairs", "--output", str(target))
    assert target.read_text() == SAMPLE.read_text()


def test_a_course_file_with_errors_is_refused_with_lines(tmp_path: Path) -> None:
    path = tmp_path / "broken.postil"
    path.write_text(SAMPLE.read_text().replace("kind: true_false", "kind: guesswork", 1))

    message = refused("import_course", str(path))

    assert f"{path}:" in message
    assert "guesswork" in message
    assert not Course.objects.exists()


def test_checking_the_sample_finds_nothing() -> None:
    assert run("check_course", str(SAMPLE)).endswith("no errors, 0 warnings\n")


def test_checking_names_errors_and_ends_with_2(tmp_path: Path) -> None:
    path = tmp_path / "broken.postil"
    path.write_text("no course file")

    assert f"{path}:1:" in refused("check_course", str(path))


def test_exporting_what_is_not_there_is_refused() -> None:
    assert "no course with the slug nothing" in refused("export_course", "nothing")


def test_a_changed_text_comes_in_by_the_command_line(tmp_path: Path) -> None:
    course = revised_courses.make_essay()
    file = tmp_path / "changed.txt"
    file.write_text(revised_courses.ESSAY.replace("named that the sleeping tax", "called this the sleeping tax"))

    seen = json.loads(run("import_article", str(file), "--course", course.slug, "--json"))
    assert (seen["state"], seen["places"]) == ("planned", {"exact": 6, "moved": 1, "orphaned": 0})
    assert [each["after"] for each in seen["questions"]] == ["Fishermen called this the sleeping tax."]

    told = run("import_article", str(file), "--course", course.slug, "--apply")
    assert told.startswith("applied: revision 1 to 2 (6 places exact, 1 moved, 0 orphaned)\n  moved: What of ")
    assert "shows already" in refused("import_article", str(file), "--course", course.slug)
    assert refused("import_article", str(file), "--course", "nowhere") == "There is no course nowhere."


def test_a_changed_text_that_empties_a_part_is_not_applied(tmp_path: Path) -> None:
    course = revised_courses.make_essay()
    file = tmp_path / "changed.txt"
    file.write_text("\n\n".join(revised_courses.LINES[:2]))
    assert "Nothing is left to read of “A borrowed quay”." in run("import_article", str(file), "--course", course.slug)
    assert "“A borrowed quay”" in refused("import_article", str(file), "--course", course.slug, "--apply")
