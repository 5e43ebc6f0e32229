"""What course does in the background, and wants to be told of, at start-up."""

from __future__ import annotations

import jobs.domain as jobs
from accounts.domain import awaited
from course.domain.enrolment import hand_on_parts
from course.domain.invitations import INVITE, give_up_invitation, record_invitation, send_invitation


def register_background_work() -> None:
    """Invitations are sent by jobs; parts go over to whoever turns out to be the person they were made for."""
    jobs.register(INVITE, work=send_invitation, record=record_invitation, on_give_up=give_up_invitation)
    awaited.subscribe(hand_on_parts)
