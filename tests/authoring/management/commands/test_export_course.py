"""A course goes out whole, to standard output or a file, or the command says why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizzes.formats.course_file import parse
from tests.authoring.domain.tides import TIDES, rows_kept
from tests.authoring.management.commands.running import refused, run

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def brought(tmp_path: Path) -> Path:
    """The folder of the course's own file."""
    (tmp_path / "tides.postil").write_text(TIDES)
    run("import_course", tmp_path / "tides.postil")
    return tmp_path


def test_both_ways_out_say_the_same_and_nothing_is_written_beside_the_file(brought: Path) -> None:
    said = run("export_course", "tides")
    assert run("export_course", "tides", "--output", brought / "out.postil") == ""
    assert (brought / "out.postil").read_bytes() == said.encode()
    assert parse(said) == parse(TIDES)
    assert sorted(path.name for path in brought.iterdir()) == ["out.postil", "tides.postil"]


def test_a_file_that_is_there_is_written_over_whole(brought: Path) -> None:
    longer = brought / "out.postil"
    longer.write_text("x" * 100_000)
    run("export_course", "tides", "--output", longer)
    assert longer.read_text() == run("export_course", "tides")


def test_going_out_changes_nothing_and_says_the_same_each_time(brought: Path) -> None:
    before = rows_kept()
    assert len({run("export_course", "tides") for _ in range(3)}) == 1
    assert rows_kept() == before


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("nowhere/out.postil", "No such file or directory"),
        (".", "Is a directory"),
        ("tides.postil/out.postil", "Not a directory"),
        ("x" * 300, "File name too long"),
    ],
)
def test_a_place_that_cannot_be_written_is_told_in_one_sentence(brought: Path, place: str, reason: str) -> None:
    target = brought / place
    assert refused("export_course", "tides", "--output", target) == f"{target} cannot be written: {reason}."


@pytest.mark.parametrize("slug", ["", "TIDES", "tides/", "../tides", "tides\n", "%", "' OR 1=1 --"])
def test_a_slug_that_is_nobodys_is_told(brought: Path, slug: str) -> None:
    assert refused("export_course", slug) == f"There is no course with the slug {slug}."
