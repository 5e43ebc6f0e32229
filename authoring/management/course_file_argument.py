"""How the commands read a course file, and how they refuse one: on stderr, with exit code 2, nothing stored."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import CommandError, CommandParser

from authoring.domain.course_import import LARGEST
from quizzes.formats.course_file import CourseFile, CourseFileProblem, UnreadableCourseFile, check, decode, parse


def refusal(message: str) -> CommandError:
    """An error that ends a command with exit code 2."""
    return CommandError(message, returncode=2)


def add_file_argument(parser: CommandParser) -> None:
    parser.add_argument("file", type=Path, help="a course file (.postil)")


def read_text(path: Path) -> str:
    """The file's text. Refuses what is not there, too large or no text."""
    try:
        with path.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except OSError as error:
        raise refusal(f"{path} cannot be read: {error.strerror}.") from None
    if len(data) > LARGEST:
        raise refusal(f"{path} is larger than {LARGEST // 1_000_000} MB. Split the course.")
    try:
        return decode(data)
    except UnreadableCourseFile as error:
        raise refusal("\n".join(line_of(path, problem) for problem in error.problems)) from None


def read_course_file(path: Path) -> CourseFile:
    """The course in the file. Refuses one with any error, naming all of them with their lines."""
    text = read_text(path)
    errors = [problem for problem in check(text) if not problem.warning]
    if errors:
        raise refusal("\n".join(line_of(path, problem) for problem in errors))
    return parse(text)


def line_of(path: Path, problem: CourseFileProblem) -> str:
    """The problem as one line: file, line, code, message."""
    return f"{path}:{problem.line}: {problem.code}: {problem.message}"
