"""How many examples a law is tried with: a hundred, and a quarter of them where a run of all checks is in a hurry.

A hurried run decides whether a change may land, so it draws the same examples each time, wherever it runs.
A thorough one looks for what nobody thought of, and draws its own.
"""

from __future__ import annotations

import os

from hypothesis import settings

VARIABLE = "TEST_LAWS"
"""The name of a profile; the thorough one where it is not set."""
THOROUGH, BRIEF = "thorough", "brief"
EXAMPLES = {THOROUGH: 100, BRIEF: 25}
"""Of laws that say no number themselves, because an example takes long or what they look for is rare."""


def settle() -> None:
    """Laws are tried as this run asks for. How long an example takes says something of the machine alone."""
    for name, examples in EXAMPLES.items():
        settings.register_profile(name, deadline=None, max_examples=examples, derandomize=name == BRIEF)
    settings.load_profile(os.environ.get(VARIABLE) or THOROUGH)
