"""A whole course as one readable text file: article, lessons, concepts, quizzes and questions, lossless both ways."""

from quizzes.formats.course_file.check import check
from quizzes.formats.course_file.ids import without_ids
from quizzes.formats.course_file.model import CourseFile
from quizzes.formats.course_file.parse import parse
from quizzes.formats.course_file.problems import CourseFileProblem, UnreadableCourseFile
from quizzes.formats.course_file.sections import decode
from quizzes.formats.course_file.write import write

EXTENSION = ".postil"

__all__ = [
    "EXTENSION",
    "CourseFile",
    "CourseFileProblem",
    "UnreadableCourseFile",
    "check",
    "decode",
    "parse",
    "without_ids",
    "write",
]
