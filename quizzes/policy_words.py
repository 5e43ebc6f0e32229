"""The feedback policy as people read it: names of moments and things, and the sentence before an attempt. Pure.

Nothing of this is stored, so that it is said in the reader's language right here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from language import marked, say
from quizzes.policy import ONLY_ONCE_SETTLED, Moment, Policy, Shown

EVERYTHING = marked("your grade, why, and the passages that prove it")
NAMES = {
    Shown.FRACTION: marked("your points"),
    Shown.VERDICT: marked("what was right"),
    Shown.FEEDBACK: marked("comments on your answers"),
    Shown.KEY: marked("the right answers"),
    Shown.EVIDENCE: marked("the passages that prove them"),
}


def policy_in_words(policy: Policy, *, has_closing: bool) -> str:
    """What is shown when, in a sentence or two, as a learner reads it in their language.

    Without a closing, what would wait for it is shown once submitted: `Window.is_closed` has it so.
    """
    return " ".join(_sentences(policy, has_closing=has_closing))


def _sentences(policy: Policy, *, has_closing: bool) -> Iterator[str]:
    at_once, after_submit, after_close = ([Shown(name) for name in policy[moment]] for moment in Moment)
    if not has_closing:
        after_submit = [*after_submit, *(thing for thing in after_close if thing not in after_submit)]
    if at_once:
        yield _checking(at_once)
    if after_submit:
        yield say("After you submit you see {things}.", things=_things(after_submit))
    elif not at_once:
        yield say("Nothing is shown at once.")
    if has_closing and not set(after_close) <= {*at_once, *after_submit}:
        yield say("Once the quiz has closed you see {things}.", things=_things(after_close))


def _checking(shown: Collection[Shown]) -> str:
    at_once = _things([thing for thing in shown if thing not in ONLY_ONCE_SETTLED])
    settled = _things([thing for thing in shown if thing in ONLY_ONCE_SETTLED])
    if not at_once:
        return say("You can check each answer as you go, and see {settled} once it no longer changes.", settled=settled)
    if not settled:
        return say("You can check each answer as you go, and see {at_once}.", at_once=at_once)
    return say(
        "You can check each answer as you go, and see {at_once}; {settled} follow once it no longer changes.",
        at_once=at_once,
        settled=settled,
    )


def _things(shown: Collection[Shown]) -> str:
    if set(shown) == set(Shown):
        return say(EVERYTHING)
    names = [say(NAMES[thing]) for thing in Shown if thing in shown]
    return say(" and ").join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
