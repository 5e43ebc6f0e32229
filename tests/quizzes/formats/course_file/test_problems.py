"""Problems are collected once each, in order, and never without end."""

from __future__ import annotations

from quizzes.formats.course_file.problems import MAX_PROBLEMS, CourseFileProblem, ProblemLog, UnreadableCourseFile


def test_the_same_problem_is_told_once() -> None:
    log = ProblemLog()
    log.add(3, "twice", "Again.")
    log.add(3, "twice", "Again.")
    assert log.problems == [CourseFileProblem(3, "twice", "Again.")]


def test_problems_come_in_the_order_of_their_lines() -> None:
    log = ProblemLog()
    for line in (3, 1, 2):
        log.add(line, "tab", "A tab.")
    assert [problem.line for problem in log.in_order()] == [1, 2, 3]


def test_a_full_log_takes_no_more() -> None:
    log = ProblemLog()
    for line in range(MAX_PROBLEMS + 5):
        assert log.is_full is (line >= MAX_PROBLEMS)
        log.add(line, "tab", "A tab.")
    assert len(log.problems) == MAX_PROBLEMS


def test_a_problem_and_a_file_full_of_them_read_as_lines_of_a_linter() -> None:
    problems = (CourseFileProblem(1, "tab", "A tab."), CourseFileProblem(2, "unasked", "No quiz.", warning=True))
    assert str(UnreadableCourseFile(problems)) == "line 1: A tab. [tab]\nline 2: warning: No quiz. [unasked]"
