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


class ConceptIsMerged(CourseError):
    code = "concept_is_merged"
    message = "This concept is another term of a different one. Take it apart from that one first."


class CannotMerge(CourseError):
    code = "cannot_merge"
    message = "Choose another concept of this course, one that is not merged itself."


class ChangedSince(CourseError):
    code = "changed_since"
    message = "This has been changed again since. Take the later change back first."


class OriginChanged(CourseError):
    code = "origin_changed"
    message = "Somebody changed this while you wrote. What you typed is kept; look at what stands now, and save again."


class NotInTheText(CourseError):
    code = "not_in_the_text"
    message = "These words do not stand in the text like this. Copy them from it, letter by letter."


class MayNotAnswer(CourseError):
    code = "may_not_answer"
    message = "You observe this course: you read all of it and take no quiz. Ask its owner for a learner’s part in it."


class CodeRefused(CourseError):
    code = "code_refused"
    message = "This code lets nobody in: it is mistyped, used up, out of date or withdrawn. Ask for a new one."


class LastOwner(CourseError):
    code = "last_owner"
    message = "A course keeps an owner. Make somebody else its owner first."


class CohortNameTaken(CourseError):
    code = "cohort_name_taken"
    message = "The course has a cohort of this name already. Choose another name."


class TextEdited(CourseError):
    """Somebody else has edited the text or the lessons since the person looked; nothing was changed."""

    code = "text_edited"
    message = "This text has changed since you opened it. Look at it as it is now, and decide again."


class CannotRearrange(CourseError):
    """The lessons cannot be cut or joined like that; nothing was changed."""

    code = "cannot_rearrange"
    message = "These parts cannot be arranged like that. Look at the text as it is now."


class CannotInvite(CourseError):
    code = "cannot_invite"
    message = "This person needs no invitation: they have come, or take part no more."


class NothingToUndo(CourseError):
    """What was done to a text or a quiz cannot be taken back any further; nothing was changed."""

    code = "nothing_to_undo"
    message = "There is nothing left to take back here, or it has been changed by other means since."


class NoTextYet(CourseError):
    code = "no_text_yet"
    message = "This course has no text yet. Wait for its build to end, or import an article."


class NoteTooLong(CourseError):
    code = "note_too_long"
    message = "A note holds 4,000 characters. Go back to what you typed and shorten it, or make two notes of it."


class TooManyNotes(CourseError):
    code = "too_many_notes"
    message = "You have 500 notes in this course, which is as many as it keeps. Delete some that you need no more."


class NoteKeyTaken(CourseError):
    """The key that a device made for a note is another note's: nobody is told whose."""

    code = "note_key_taken"
    message = "This note could not be kept. Load the page again, and write it once more."
