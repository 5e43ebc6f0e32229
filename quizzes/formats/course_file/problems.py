"""What is wrong with a course file, said with its line."""

from __future__ import annotations

from dataclasses import dataclass

MAX_PROBLEMS = 200


@dataclass(frozen=True, slots=True, order=True)
class CourseFileProblem:
    """One problem; `line` counts from 1, `code` is stable, `warning` means the file can be imported all the same."""

    line: int
    code: str
    message: str
    warning: bool = False

    def __str__(self) -> str:
        return f"line {self.line}: {'warning: ' if self.warning else ''}{self.message} [{self.code}]"


class UnreadableCourseFile(ValueError):
    """The text is no course file; `problems` holds everything found, in the order of the lines."""

    def __init__(self, problems: tuple[CourseFileProblem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class ProblemLog:
    """Collects problems up to a limit, so that a hostile file cannot fill the memory with them."""

    def __init__(self) -> None:
        self.problems: list[CourseFileProblem] = []

    def add(self, line: int, code: str, message: str, *, warning: bool = False) -> None:
        """The problem is on the list, unless it is there already or the list is full."""
        problem = CourseFileProblem(line, code, message, warning)
        if not self.is_full and problem not in self.problems:
            self.problems.append(problem)

    @property
    def is_full(self) -> bool:
        return len(self.problems) >= MAX_PROBLEMS

    def in_order(self) -> tuple[CourseFileProblem, ...]:
        return tuple(sorted(self.problems))
