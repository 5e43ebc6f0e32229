from __future__ import annotations

import os

import pytest

from config.benchmarks.inside import InsideFailed, call_inside


def test_what_failed_is_told() -> None:
    with pytest.raises(InsideFailed, match="json:nothing failed"):
        call_inside(os.environ, "json:nothing")


def test_arguments_and_answer_travel_as_json() -> None:
    assert call_inside(os.environ, "json:dumps", obj=["a", 1]) == '["a", 1]'
