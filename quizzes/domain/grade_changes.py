"""What changed after an answer was first graded, as its learner reads it: the grade before, why, and the key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from quizzes.domain.ledger import cause_in_words, reasons_of
from quizzes.models import CauseKind, GradingEvent, QuestionVersion, Response
from quizzes.policy import Shown
from quizzes.questions import question_type


@dataclass(frozen=True, slots=True)
class GradeChange:
    """The grade was another before: `before` its fraction, `cause` and `reason` in words.

    `gained` and `lost` are texts that count as right now, or no more, where the wording changed and the key is shown.
    """

    before: Decimal | None
    cause: str
    reason: str
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """The grading events of an attempt's responses, oldest first, and the wordings of grades that are by another one.

    Both by key, and so are the reasons that people gave for an event.
    """

    events: Mapping[int, Sequence[GradingEvent]]
    versions: Mapping[int, QuestionVersion]
    reasons: Mapping[int, str]

    @classmethod
    def of(cls, responses: Iterable[Response], events: Iterable[GradingEvent]) -> History:
        """The history that these events, oldest first, make; one query where a grade is by a newer wording.

        One more where something was graded again.
        """
        by_response: dict[int, list[GradingEvent]] = {}
        for event in events:
            by_response.setdefault(event.response_id, []).append(event)
        asked = {response.pk: response.version_id for response in responses}
        newer = {own[-1].version_id for key, own in by_response.items() if own[-1].version_id != asked.get(key)}
        versions = QuestionVersion.objects.in_bulk(newer) if newer else {}
        return cls(by_response, versions, reasons_of([event for own in by_response.values() for event in own]))

    def newest(self, response: Response) -> GradingEvent | None:
        """The event that stands."""
        own = self.events.get(response.pk)
        return own[-1] if own else None

    def newest_events(self) -> list[GradingEvent]:
        """The event that stands for each response that has one."""
        return [own[-1] for own in self.events.values()]

    def wording(self, response: Response) -> QuestionVersion:
        """The wording that the newest grade is by; without one, that which the learner answered."""
        newest = self.newest(response)
        asked: QuestionVersion = response.version
        return self.versions.get(newest.version_id, asked) if newest else asked

    def change(self, response: Response, shown: frozenset[Shown]) -> GradeChange | None:
        """What the newest grading changed; None when nothing did, or the policy hides verdicts."""
        graded = [event for event in self.events.get(response.pk, ()) if event.cause_kind != CauseKind.TRY]
        if len(graded) < 2 or Shown.VERDICT not in shown:
            return None
        newest, before = graded[-1], graded[-2]
        now = self.wording(response)
        differs = Shown.KEY in shown and now.pk != response.version_id
        gained, lost = key_difference(response.version, now) if differs else ((), ())
        if newest.fraction == before.fraction and not gained and not lost:
            return None
        return GradeChange(before.fraction, cause_in_words(newest), self.reasons.get(newest.pk, ""), gained, lost)


def key_difference(asked: QuestionVersion, now: QuestionVersion) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The texts that are right only in the newer wording, and those that were right only in the older one."""
    old, new = (_right_texts(version) for version in (asked, now))
    return tuple(text for text in new if text not in old), tuple(text for text in old if text not in new)


def _right_texts(version: QuestionVersion) -> list[str]:
    parts: Iterable[Mapping[str, Any]] = question_type(version.kind).review(version.content, None, 1)["parts"]
    texts: list[str] = []
    for part in parts:
        texts += part["accepted"] if "accepted" in part else [part["text"]] if part["right"] else []
    return texts
