"""What was not run is said at the very end, with its reason: nothing is skipped in silence."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

FILE_VARIABLE = "NOT_RUN_FILE"


def reason_of(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Why the test was skipped, without the word pytest puts before it."""
    if isinstance(report.longrepr, tuple):
        return report.longrepr[2].removeprefix("Skipped: ")
    return str(report.longrepr)


def lines_of(reports: list[pytest.TestReport | pytest.CollectReport]) -> list[str]:
    """One line for each place and reason, such as "not run: 3 in tests/e2e because there is no Chromium"."""
    counts = Counter((report.nodeid.partition("::")[0], reason_of(report)) for report in reports)
    return [f"not run: {count} in {path} because {reason}" for (path, reason), count in sorted(counts.items())]


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    lines = lines_of(terminalreporter.stats.get("skipped", []))
    for line in lines:
        terminalreporter.write_line(line, yellow=True)
    # `make test` starts pytest several times and repeats these lines after the last of them.
    if FILE_VARIABLE in os.environ and lines:
        with Path(os.environ[FILE_VARIABLE]).open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
