"""What words are made of in any script: letters and digits, and the marks that stand on them or join them."""

from __future__ import annotations

import re
from unicodedata import category

_PLANE = 0x10000
"""The marks of the scripts in use stand among the first 65,536 characters."""
_JOINERS = "\u200c\u200d"
"""They stand inside words of Persian and of several languages of India."""
MARKS = "".join(re.escape(chr(code)) for code in range(_PLANE) if category(chr(code)) in {"Mn", "Mc"}) + _JOINERS
"""Accents, vowel signs and joiners, as the inside of a class of characters in a pattern."""
LETTER = rf"(?:[^\W_][{MARKS}]*)"
"""The pattern of one letter or digit of any script with all its marks; it never begins with one."""
