"""Breaks the circle between an app's configuration, which Django reads first, and its models, which come later."""

from __future__ import annotations

from importlib import import_module


def register_kind() -> None:
    import_module("tests.chaos.sleeper.grading")
