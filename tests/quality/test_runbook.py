"""Whatever an operator can be told, the runbook answers."""

from __future__ import annotations

import ast
import re

import pytest

from tests.quality.documents import codes, page, rows
from tests.quality.source import ROOT


def section(heading: str) -> str:
    """What stands under the heading, up to the next one of its level or above."""
    text = page("docs/operations.md").partition(f"\n{heading}\n")[2]
    return re.split(rf"^#{{2,{len(heading.partition(' ')[0])}}} ", text, flags=re.MULTILINE)[0]


def literals(file: str, name: str) -> set[str]:
    """What stands first, as it is, in every call of this name in the file."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == name]
    first = [call.args[0] for call in calls if call.args]
    return {str(node.value) for node in first if isinstance(node, ast.Constant)}


def statuses() -> set[str]:
    """Every status that `/readyz` may answer with, and every reason for being degraded, up to what varies."""
    tree = ast.parse((ROOT / "config" / "health.py").read_text(encoding="utf-8"))
    words = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    told = {
        str(value.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Dict)
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant) and key.value == "status" and isinstance(value, ast.Constant)
    }
    reasons = {word.partition(":")[0].partition(" for {")[0] for word in words if word.endswith(("waits.", "slowly."))}
    return told - {"alive"} | reasons


def test_every_metric_is_in_an_alarm_or_has_what_to_do_if_it_is_not_as_it_should_be() -> None:
    metrics = {codes(row[0])[0] for row in rows(section("## Metrics")) if codes(row[0])}
    answered = {
        metric for metric in metrics for row in rows(section("## Alarms")) if metric in " ".join(row[:2]) and row[-1]
    }
    assert sorted(metrics - answered) == []


def test_every_finding_of_doctor_has_its_row_and_no_other_has() -> None:
    answered = {row[0] for row in rows(section("### What `doctor` finds")) if row[-1]}
    assert answered == literals("config/diagnosis.py", "Finding")


def test_every_word_of_readyz_has_its_row_and_no_other_has() -> None:
    answered = {codes(row[0])[-1] for row in rows(section("### What `/readyz` says")) if row[-1]}
    assert answered == statuses() - {"degraded"}


@pytest.mark.parametrize("command", ["grade_again", "migrate", "doctor"])
def test_what_the_runbook_says_to_run_is_there(command: str) -> None:
    assert command in section("## Alarms")
