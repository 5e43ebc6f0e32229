"""How a command reads its course file: whatever cannot be used ends it with the file, the line and code 2."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management.base import CommandError, CommandParser

from authoring.domain.course_import import LARGEST
from authoring.management.course_file_argument import (
    add_file_argument,
    line_of,
    read_course_file,
    read_text,
    refusal,
)
from quizzes.formats.course_file import CourseFileProblem, parse

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "authoring" / "samples" / "belarus-between-two-chairs.postil"


def refused(path: Path) -> list[str]:
    """The lines with which the file is refused."""
    with pytest.raises(CommandError) as error:
        read_course_file(path)
    assert error.value.returncode == 2
    return str(error.value).splitlines()


def written(folder: Path, content: bytes | str) -> Path:
    path = folder / "course.postil"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_clean_file_is_read_as_the_course_in_it() -> None:
    assert read_course_file(SAMPLE) == parse(SAMPLE.read_text("utf-8"))


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_order_mark_is_read_past(tmp_path: Path, mark: bytes) -> None:
    assert read_text(written(tmp_path, mark + b"words")) == "words"


def test_what_is_not_there_is_told_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "gone.postil"
    assert refused(path) == [f"{path} cannot be read: No such file or directory."]


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert refused(tmp_path) == [f"{tmp_path} cannot be read: Is a directory."]


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        (b"", ["1: first_line"]),
        (b"%PDF-1.7", ["1: first_line"]),
        (b"one\ntwo\n\xff", ["3: not_utf8"]),
        (b"\x00" * 10, ["1: first_line"]),
        ("Postil course file, version 2", ["1: first_line"]),
        ("Postil course file, version 1\ntitle: T\nslug: t\n", ["1: no_article"]),
        (
            "Postil course file, version 1\ntitle: T\nslug: t\n== article\n== x\n",
            ["5: unknown_section"],
        ),
    ],
)
def test_each_error_is_a_line_with_the_file_the_line_and_the_code(
    tmp_path: Path, content: bytes | str, problems: list[str]
) -> None:
    path = written(tmp_path, content)
    lines = refused(path)
    assert [line.startswith(f"{path}:{problem}: ") for line, problem in zip(lines, problems, strict=True)] == [
        True
    ] * len(problems)


def test_a_warning_alone_refuses_nothing(tmp_path: Path) -> None:
    text = SAMPLE.read_text("utf-8")
    head, _, rest = text.partition("definition: ")
    definition = rest.partition("\nmentions:")[0]
    assert read_course_file(written(tmp_path, head + rest.removeprefix(definition).lstrip("\n"))).title


@pytest.mark.parametrize("surplus", [0, 1])
def test_a_file_may_have_five_megabytes(tmp_path: Path, surplus: int) -> None:
    path = written(tmp_path, b"x" * (LARGEST + surplus))
    if surplus:
        assert refused(path) == [f"{path} is larger than 5 MB. Split the course."]
    else:
        assert len(read_text(path)) == LARGEST


def test_a_problem_reads_as_a_line_of_a_linter() -> None:
    assert line_of(Path("a.postil"), CourseFileProblem(7, "tab", "A tab.")) == "a.postil:7: tab: A tab."


def test_a_refusal_ends_a_command_with_code_two() -> None:
    assert (str(refusal("No.")), refusal("No.").returncode) == ("No.", 2)


def test_the_argument_is_a_path() -> None:
    parser = CommandParser()
    add_file_argument(parser)
    assert parser.parse_args(["a/b.postil"]).file == Path("a/b.postil")
