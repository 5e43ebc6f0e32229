"""Checking a course file says everything at once, line by line, and touches nothing."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.authoring.domain.tides import TIDES
from tests.authoring.management.commands.running import refused, run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "tides.postil"
    path.write_text(TIDES)
    return path


def test_advice_is_marked_as_advice_and_counted(file: Path) -> None:
    lines = run("check_course", file).splitlines()
    assert lines[-1] == f"{file}: no errors, {len(lines) - 1} warnings"
    assert [line.startswith(f"{file}:") and line.endswith(" (warning)") for line in lines[:-1]] == [True] * 3


def test_no_database_is_asked(file: Path) -> None:
    # Without the database mark any query would fail this test.
    assert "no errors" in run("check_course", file)


def checked(file: Path) -> tuple[list[str], list[str]]:
    """What is said of a file with errors: the advice on standard output, and the errors with which it ends."""
    out = StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("check_course", str(file), stdout=out)
    assert refusal.value.returncode == 2
    return out.getvalue().splitlines(), str(refusal.value).splitlines()


def test_advice_stands_on_its_own_beside_the_errors(file: Path) -> None:
    file.write_text(TIDES.replace("kind: true_false", "kind: guesswork"))
    advice, errors = checked(file)
    assert [line.split(": ")[1] for line in errors] == ["unknown_kind"]
    assert [line.split(": ")[1] for line in advice] == ["small_pool", "stem_length"]
    assert advice[0].endswith(" (warning)")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "1: first_line"),
        (b"\xff\xfe", "1: not_utf8"),
        (TIDES.encode() + b"\xc3", "75: not_utf8"),
        (TIDES.replace("\n", "\r\n").encode(), None),
        (TIDES.replace("\n", "\r").encode(), "1: first_line"),
        (b"\xef\xbb\xbf" + TIDES.encode(), None),
        (TIDES.encode().replace(b"slug: tides", b"slug:\ttides"), "1: missing"),
    ],
    ids=["empty", "not UTF-8", "cut within a letter", "Windows lines", "old Mac lines", "a mark", "a tab"],
)
def test_the_first_error_of_a_file_is_told_by_its_line_and_code(file: Path, content: bytes, said: str | None) -> None:
    file.write_bytes(content)
    if said is None:
        assert "no errors" in run("check_course", file)
    else:
        assert checked(file)[1][0].startswith(f"{file}:{said}: ")


def test_a_file_without_end_and_one_that_may_not_be_read_are_refused(tmp_path: Path) -> None:
    assert refused("check_course", "/dev/zero") == "/dev/zero is larger than 5 MB. Split the course."
    assert refused("check_course", tmp_path) == f"{tmp_path} cannot be read: Is a directory."
