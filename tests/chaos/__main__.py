"""`python -m tests.chaos`: the door, once Django is set up."""

from __future__ import annotations

import sys
from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    import_module("tests.chaos.door").serve(sys.stdin, sys.stdout)
