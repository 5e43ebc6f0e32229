"""What was not run is said at the very end, with its reason: nothing is skipped in silence.

`make test` starts pytest several times. Each run adds what it ran and what it skipped to one file; a test that one run
skipped and another ran, because it is about one of the two databases, was run.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

FILE_VARIABLE = "NOT_RUN_FILE"
Report = pytest.TestReport | pytest.CollectReport


def reason_of(report: Report) -> str:
    """Why the test was skipped, without the word pytest puts before it."""
    if isinstance(report.longrepr, tuple):
        return report.longrepr[2].removeprefix("Skipped: ")
    return str(report.longrepr)


def skipped(reports: Iterable[Report]) -> list[tuple[str, str]]:
    return [(report.nodeid, reason_of(report)) for report in reports]


def lines_of(skips: Iterable[tuple[str, str]], *, ran: Iterable[str] = ()) -> list[str]:
    """One line for each place and reason, such as "not run: 3 in tests/e2e because there is no Chromium"."""
    ran = set(ran)
    left = dict.fromkeys((nodeid, reason) for nodeid, reason in skips if nodeid not in ran)
    counts = Counter((nodeid.partition("::")[0], reason) for nodeid, reason in left)
    return [f"not run: {count} in {path} because {reason}" for (path, reason), count in sorted(counts.items())]


def note(file: Path, *, skips: Iterable[tuple[str, str]], ran: Iterable[str]) -> None:
    with file.open("a", encoding="utf-8") as out:
        out.writelines(f"skipped\t{nodeid}\t{' '.join(reason.split())}\n" for nodeid, reason in skips)
        out.writelines(f"ran\t{nodeid}\n" for nodeid in ran)


def noted(file: Path) -> list[str]:
    """The lines to end with, over all runs that added to the file."""
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []
    skips = [(nodeid, reason) for state, nodeid, *rest in rows if state == "skipped" for reason in rest]
    return lines_of(skips, ran=[nodeid for state, nodeid, *_ in rows if state == "ran"])


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skips = skipped(terminalreporter.stats.get("skipped", []))
    for line in lines_of(skips):
        terminalreporter.write_line(line, yellow=True)
    if FILE_VARIABLE in os.environ:
        ran = [report.nodeid for state in ("passed", "failed") for report in terminalreporter.stats.get(state, [])]
        note(Path(os.environ[FILE_VARIABLE]), skips=skips, ran=ran)
