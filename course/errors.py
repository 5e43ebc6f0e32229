"""What can go wrong with courses and articles, in the words a person reads."""

from __future__ import annotations


class CourseError(Exception):
    """Something asked of a course cannot be done; `code` is stable, the message a sentence with the next step."""

    code = "course_error"
    message = "This cannot be done right now."

    def __init__(self, message: str = "") -> None:
        super().__init__(message or self.message)


class MayNotEnrol(CourseError):
    code = "may_not_enrol"
    message = "This course is open to enrolled learners only. Ask its instructor for a way in."
