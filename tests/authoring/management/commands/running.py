"""Commands as somebody runs them: with the words of a command line, and what it says."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command


def run(*words: object) -> str:
    """What the command says on standard output."""
    out = StringIO()
    call_command(*map(str, words), stdout=out)
    return out.getvalue()


def refused(*words: object) -> str:
    """What the command says when it ends with code 2, and that it says nothing else."""
    out = StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command(*map(str, words), stdout=out)
    assert (refusal.value.returncode, out.getvalue()) == (2, "")
    return str(refusal.value)
