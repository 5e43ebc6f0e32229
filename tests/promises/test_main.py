from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from tests.__main__ import INSTALLATIONS, OF_CHAOS
from tests.promises import __main__ as command
from tests.promises.page import TITLE, UNTRIED
from tests.promises.reached import ROWS_VARIABLE, Outcome, note

WHOLE = [command.BESIDE, ["-m", command.ALONE, *OF_CHAOS, *INSTALLATIONS], command.AGAIN]
BRIEF = [command.BESIDE, ["-m", "promise and chaos and not full", *OF_CHAOS, *INSTALLATIONS], command.AGAIN]


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The page of promises is another one, on which nothing was tried."""
    made = tmp_path / "promises.md"
    made.write_text(f"{TITLE}| 2 | when | then | figure | as before | `tests/a.py` |\n", encoding="utf-8")
    monkeypatch.setattr(command, "PAGE", made)
    monkeypatch.setenv("TEST_DATABASE_URL", "postgres://somewhere/else")
    return made


@pytest.mark.parametrize(
    ("arguments", "runs", "rows", "second"),
    [
        ([], WHOLE, "", UNTRIED),
        (["--brief"], BRIEF, "", UNTRIED),
        (["1", "12"], WHOLE, "1,12", "as before"),
    ],
    ids=["all", "brief", "two rows"],
)
def test_what_is_asked_for_is_tried_and_the_page_keeps_what_was_not(
    page: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], runs: list[list[str]], rows: str, second: str
) -> None:
    heard: list[tuple[list[str], str]] = []

    def listen(given: list[str], environment: dict[str, str]) -> int:
        heard.append((given, environment[ROWS_VARIABLE]))
        note(Path(environment["PROMISES_FILE"]), [Outcome(1, "tests/a.py::test_a", passed=True, figures=("new",))])
        return 0

    monkeypatch.setattr(command, "run", listen)
    monkeypatch.setattr(command, "chromium", str)
    monkeypatch.setattr(sys, "argv", ["promises", *arguments])

    assert command.main() == 0

    assert heard == [(run, rows) for run in runs]
    reached: list[Any] = [line.split(" | ")[4] for line in page.read_text().removeprefix(TITLE).splitlines()[:2]]
    assert reached == ["new", second]


def test_a_row_that_is_not_there_is_refused(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["promises", "99"])
    with pytest.raises(SystemExit):
        command.main()
    assert "there is no row 99" in capsys.readouterr().err
