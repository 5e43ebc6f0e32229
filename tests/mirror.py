"""Pages laid out from the right: what a run of the tests, or one server of an installation, asks for."""

from __future__ import annotations

import os

VARIABLE = "TEST_MIRRORED"
"""Set to anything, it has every page that the tests serve mirrored."""
MIRRORED = {"POSTIL_MIRRORED": "yes"}


def as_asked() -> dict[str, str]:
    """The setting that this run of the tests asks for, and none where it asks for nothing."""
    return MIRRORED if os.environ.get(VARIABLE) else {}
