"""What is stored of what is read: articles, courses, concepts, people in a course, reading."""

from course.models.articles import Anchor, AnchorStatus, Article, Passage, Revision
from course.models.concepts import Concept, ConceptChange, ConceptChangeKind, ConceptState, Mention
from course.models.courses import (
    CertificateFor,
    Course,
    CourseState,
    Lesson,
    OldLessonSlug,
    PassageDecision,
    Visibility,
)
from course.models.edits import EditKind, TextEdit
from course.models.enrolment import Cohort, Enrollment, Role
from course.models.joining import JoinCode
from course.models.reading import LessonReading, Note, NoteKind
from course.models.text_changes import TextChange, TextChangeState

__all__ = [
    "Anchor",
    "AnchorStatus",
    "Article",
    "CertificateFor",
    "Cohort",
    "Concept",
    "ConceptChange",
    "ConceptChangeKind",
    "ConceptState",
    "Course",
    "CourseState",
    "EditKind",
    "Enrollment",
    "JoinCode",
    "Lesson",
    "LessonReading",
    "Mention",
    "Note",
    "NoteKind",
    "OldLessonSlug",
    "Passage",
    "PassageDecision",
    "Revision",
    "Role",
    "TextChange",
    "TextChangeState",
    "TextEdit",
    "Visibility",
]
