"""What course does in the background, and wants to be told of, at start-up."""

from __future__ import annotations

import jobs.domain as jobs
from accounts.domain import awaited
from course.domain.enrolment import hand_on_parts
from course.domain.invitations import INVITE, give_up_invitation, record_invitation, send_invitation
from course.domain.notes import forget_deleted_notes


def register_background_work() -> None:
    """Jobs send invitations, the sweeper forgets deleted notes, and parts go over to those they were made for."""
    jobs.register(INVITE, work=send_invitation, record=record_invitation, on_give_up=give_up_invitation)
    jobs.register_sweep(forget_deleted_notes)
    awaited.subscribe(hand_on_parts)
