"""The reader's version, apart from the reader so that naming it does not load what reading needs."""

from __future__ import annotations

READER_VERSION = 15
"""Grows whenever the same source may give another outline."""
