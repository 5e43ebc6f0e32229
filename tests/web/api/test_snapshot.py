"""The description that is kept is the one that is served, so that no change of the contract goes unseen."""

from __future__ import annotations

import json

from tests.quality.source import ROOT
from tests.web.api.fuzzing import description

KEPT = ROOT / "docs" / "openapi.json"


def test_the_kept_description_names_the_calls_there_are() -> None:
    """Run `make schema` where this fails."""
    kept, served = json.loads(KEPT.read_text(encoding="utf-8")), description()
    assert sorted(set(kept["paths"]) ^ set(served["paths"])) == []
    assert {path for path, calls in served["paths"].items() if set(calls) != set(kept["paths"][path])} == set()


def test_the_kept_description_is_the_one_that_is_served() -> None:
    """Run `make schema` where this fails."""
    served = json.loads(json.dumps(description(), default=str))
    assert json.loads(KEPT.read_text(encoding="utf-8")) == served
