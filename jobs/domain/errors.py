"""What can go wrong with background work, by who has to act."""

from __future__ import annotations


class JobError(Exception):
    """The root of this app's errors."""


class UnknownKind(JobError):
    """A job names a kind that no app registered in this process."""


class DuplicateKind(JobError):
    """Two apps registered different work under one name."""


class ForbiddenTransition(JobError):
    """A state change that the table beside `JobState` does not allow."""


class LostLease(JobError):
    """Somebody else holds the job, or it is over: the work in hand is discarded."""


class JobFailed(JobError):
    """Raised by a kind's work when trying again cannot help. The message is shown to the job's owner."""


class TryLater(JobError):
    """Raised by a kind's work when it may go well later; `seconds` is the least to wait, the schedule may say more."""

    def __init__(self, message: str, *, seconds: float = 0) -> None:
        super().__init__(message)
        self.seconds = seconds


class InvalidResult(JobError):
    """What a kind's `record` returned cannot be kept as the result: not JSON, or too long."""
