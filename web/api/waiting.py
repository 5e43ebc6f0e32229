"""How long a caller may ask an answer to be held back."""

from __future__ import annotations

import re

LONGEST = 2_000


def milliseconds(asked: str) -> int:
    """How long "300ms" or "1s" is, at most 2 s; 0 for anything else."""
    found = re.fullmatch(r"(\d{1,5})(ms|s)", asked, re.ASCII)
    if found is None:
        return 0
    return min(int(found[1]) * (1000 if found[2] == "s" else 1), LONGEST)
