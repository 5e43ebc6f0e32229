"""What accounts does in the background, told to `jobs` at start-up."""

from __future__ import annotations

import jobs.domain as jobs
from accounts.domain.digest import MAIL_DIGEST, ask_for_digests, give_up_digest, record_digest, send_digest
from accounts.domain.inbox import unread_of
from accounts.domain.keyed_calls import forget_old_calls
from accounts.domain.people import known_of_everybody


def register_background_work() -> None:
    """Digests are mailed by jobs, which the sweeper asks for; it forgets old answers to programs.

    Who is signed in carries how much they have not read.
    """
    known_of_everybody("unread", unread_of)
    jobs.register(MAIL_DIGEST, work=send_digest, record=record_digest, on_give_up=give_up_digest)
    jobs.register_sweep(ask_for_digests)
    jobs.register_sweep(forget_old_calls)
