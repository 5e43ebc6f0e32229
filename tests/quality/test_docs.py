"""The documentation says what is there, all of it and nothing else."""

from __future__ import annotations

import ast
import json
import re
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterable
from dataclasses import fields
from enum import Enum
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.db import models

import accounts.models
import course.models
import hooks.models
import jobs.models
import quizzes.models
from authoring.domain.demo import INSTRUCTOR, LEARNER, SAMPLE
from config.settings import JOB_PERIODS, env
from course.reading.formats import extensions
from course.reading.reasons import REASONS
from jobs.domain.schedule import Schedule
from quizzes import policy
from quizzes.drafting import rule_ids
from quizzes.grading import GradingRequest, grade, grader_named
from quizzes.mastery import MasteryState
from quizzes.questions import kinds
from quizzes.questions.base import Control, QuestionType
from tests.promises.page import UNTRIED
from tests.promises.reached import BROKEN
from tests.promises.rows import PROMISES
from tests.quality.documents import CODE, blocks, codes, page, pages, prose, rows, slug, target
from tests.quality.source import PACKAGES, ROOT, modules, tracked_files

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
LARGEST_PICTURE = 250_000


def links() -> list[tuple[str, str]]:
    """Each link that stays in the project, with the page it stands on."""
    found = [(name, link) for name, text in pages().items() for link in LINK.findall(prose(text))]
    return [(name, link) for name, link in found if not link.startswith(("http:", "https:"))]


def table_after(text: str, heading: str) -> dict[str, list[str]]:
    """The rows of the first table after these words, by the first code of their first cell."""
    tables = re.split(r"\n(?!\|)", text.partition(heading)[2])
    table = next(part for part in tables if part.lstrip("\n").startswith("|"))
    return {codes(row[0])[0]: row for row in rows(table) if codes(row[0])}


def test_every_link_between_pages_leads_somewhere() -> None:
    assert [(name, link) for name, link in links() if not target(name, link).exists()] == []


def test_every_link_to_a_heading_finds_it() -> None:
    lost = []
    for name, link in links():
        file, _, heading = target(name, link), *link.partition("#")[1:]
        if heading and file.suffix == ".md":
            headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
            lost += [] if heading in map(slug, headings) else [(name, link)]
    assert lost == []


def test_every_page_is_reached_from_the_readme() -> None:
    reached, waiting = {"README.md"}, ["README.md"]
    while waiting:
        current = waiting.pop()
        found = {str(target(name, link).relative_to(ROOT)) for name, link in links() if name == current}
        waiting += [name for name in found - reached if name in pages()]
        reached |= found
    assert sorted(set(pages()) - reached) == []


def test_every_file_that_is_named_is_there() -> None:
    tops = {*PACKAGES, "docs", "tests", "templates", "static", "requirements"}
    named = {(name, code.rstrip("/")) for name, text in pages().items() for code in CODE.findall(prose(text))}
    paths = {(name, code) for name, code in named if re.fullmatch(r"[\w./-]+", code) and code.split("/")[0] in tops}
    assert sorted((name, code) for name, code in paths if "/" in code and not (ROOT / code).exists()) == []


def test_the_tree_is_the_one_that_is_there() -> None:
    tree = blocks(page("docs/architecture.md"), "text")[0]
    here: list[str] = []
    lost = []
    for line in tree.splitlines():
        for name in re.findall(r"[a-z]+(?=/)", line.partition("  ")[0] if not line.startswith("t") else line)[:1]:
            depth = (len(line) - len(line.lstrip())) // 2
            here[depth:] = [name]
            lost += [] if ROOT.joinpath(*here).is_dir() else ["/".join(here)]
    assert lost == []


def test_the_settings_described_are_those_that_are_read() -> None:
    assert sorted(table_after(page("docs/operations.md"), "## Settings")) == sorted(env.names)


def test_defaults_are_the_same_in_the_table_and_in_the_example() -> None:
    example = dict(re.findall(r"^#([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), flags=re.MULTILINE))
    described = table_after(page("docs/operations.md"), "## Settings")
    assert {name: "".join(codes(row[1])) for name, row in described.items()} == example


def test_the_periods_described_are_those_that_can_be_set() -> None:
    described = table_after(page("docs/operations.md"), "takes any of these")
    assert sorted(described) == sorted(JOB_PERIODS)
    defaults = {part.name: part.default for part in fields(Schedule) if isinstance(part.default, float)}
    assert {name: float(described[name][1]) for name in described if name in defaults} == {
        name: defaults[name] for name in described if name in defaults
    }


def our_commands() -> dict[str, str]:
    return {name: str(app) for name, app in get_commands().items() if str(app).split(".")[0] in PACKAGES}


def test_the_commands_described_are_those_there_are() -> None:
    described = {name.split()[0] for name in table_after(page("docs/operations.md"), "## Commands")}
    assert sorted(described) == sorted(our_commands())


@pytest.mark.parametrize("name", sorted(our_commands()))
def test_the_options_described_are_those_a_command_takes(name: str) -> None:
    commands = table_after(page("docs/operations.md"), "## Commands")
    described = " ".join(next(row for key, row in commands.items() if key.split()[0] == name))
    options, subcommands = taken_by(load_command_class(our_commands()[name], name).create_parser("manage.py", name))
    assert set(re.findall(r"--[a-z-]+", described)) <= options
    assert [word for word in subcommands if word not in re.findall(r"\w+", described)] == []


def taken_by(parser: ArgumentParser) -> tuple[set[str], set[str]]:
    """The options of a command and its subcommands, and the names of these."""
    options = {option for action in parser._actions for option in action.option_strings}
    parts = [action.choices for action in parser._actions if isinstance(action, _SubParsersAction)]
    nested = {name: part for choices in parts for name, part in choices.items()}
    return options.union(*(taken_by(part)[0] for part in nested.values())), set(nested)


def test_commands_that_are_shown_exist() -> None:
    shown = {(name, word) for name, text in pages().items() for word in re.findall(r"manage\.py ([a-z_]+)", text)}
    assert sorted((name, word) for name, word in shown if word not in get_commands()) == []


def test_what_is_made_can_be_made() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE))
    shown = {word for text in pages().values() for word in re.findall(r"(?:`|^)make ([a-z-]+)", text, re.MULTILINE)}
    assert {"demo", "test"} <= shown <= targets


def section(kind: QuestionType) -> str:
    found = re.split(r"^## ", page("docs/question-kinds.md"), flags=re.MULTILINE)
    return next(text for text in found if text.startswith(f"{kind.label}\n"))


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind)
def test_the_example_of_a_kind_is_sound_and_its_answer_earns_everything(kind: QuestionType) -> None:
    text = section(kind)
    content = json.loads(blocks(text, "json")[0])
    answer = json.loads(codes(text.partition("Answer: ")[2])[0])
    assert text.partition("\n")[2].lstrip().startswith(f"`{kind.kind}`.")
    assert kind.check(content) == []
    by_person = grader_named(kind.grader_for(content)).may_defer
    assert grade(GradingRequest(kind.kind, content, answer)).fraction == (None if by_person else 1)


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind)
def test_what_a_control_presents_is_said(kind: QuestionType) -> None:
    [row] = [
        line for line in page("docs/question-kinds.md").split("\n") if re.match(rf"\|.*`{kind.control}`.*\|", line)
    ]
    shown = kind.present(next(iter(kind.examples())).content, 1).data
    assert [name for name in shown if f"`{name}`" not in row] == []


def test_every_control_is_named() -> None:
    assert [control for control in Control if f"`{control}`" not in page("docs/question-kinds.md")] == []


def test_what_is_said_of_reading_and_drafting_is_all_there_is() -> None:
    text = page("docs/articles.md")
    sources = [module for module in modules() if module.path.parts[:2] == ("course", "reading")]
    raised = {code for module in sources for code in first_arguments(module.tree, "UnreadableSource", "ReadingWarning")}
    expected = {*raised, *REASONS, *rule_ids(), *extensions()}
    assert len(raised) >= 15
    assert sorted(word for word in expected if f"`{word}`" not in text) == []
    rules = table_after(text, "## Drafted questions")
    assert sorted(rules) == sorted(rule_ids())


def first_arguments(tree: ast.AST, *names: str) -> set[str]:
    """The texts that calls of these names begin with."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    firsts = [call.args[0] for call in calls if call.args and isinstance(call.func, ast.Name) and call.func.id in names]
    return {str(first.value) for first in firsts if isinstance(first, ast.Constant)}


def words() -> list[str]:
    return re.findall(r"^\| \*\*(.+?)\*\* \|", page("docs/glossary.md"), flags=re.MULTILINE)


def stored() -> Iterable[type]:
    """Every model and every enumeration of values that the database holds or a page shows."""
    holders = (accounts.models, course.models, hooks.models, jobs.models, quizzes.models, policy)
    found = {each for holder in holders for each in vars(holder).values() if isinstance(each, type)}
    return sorted({*found, MasteryState}, key=lambda each: each.__name__)


def test_the_words_are_in_order_and_explained_once() -> None:
    assert words() == sorted(set(words()))


def test_every_model_has_its_word() -> None:
    names = [each.__name__ for each in stored() if issubclass(each, models.Model) and not each._meta.abstract]
    ours = [name for name in names if name not in {"AbstractBaseUser", "PermissionsMixin"}]
    assert len(ours) >= 30
    assert [name for name in ours if re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower() not in words()] == []


def test_every_value_of_a_field_is_explained() -> None:
    text = page("docs/glossary.md").lower()
    values = {str(value.value) for each in stored() if issubclass(each, Enum) for value in each}
    assert sorted(value for value in values if not re.search(rf"\b{value.replace('_', ' ')}\b", text)) == []


def decisions() -> list[Path]:
    return sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))


def test_decisions_are_numbered_without_gaps_and_listed() -> None:
    assert [int(path.name[:4]) for path in decisions()] == list(range(1, len(decisions()) + 1))
    index = page("docs/decisions/README.md")
    titles = {path.name: path.read_text().partition("\n")[0] for path in decisions()}
    lost = [name for name, title in titles.items()
            if f"[{name[:4]}]({name}) | {title.removeprefix(f'# {name[:4]}. ')} |" not in index]  # fmt: skip
    assert lost == []


@pytest.mark.parametrize("path", decisions(), ids=lambda path: path.stem)
def test_a_decision_says_why_and_what_was_turned_down(path: Path) -> None:
    starts = re.findall(r"^\*\*([A-Z][a-z ]+)\.\*\*", path.read_text(), flags=re.MULTILINE)
    assert starts[:3] == ["Context", "Decision", "Turned down"]


def held() -> dict[int, set[str]]:
    """The files with tests that bear each promise's number."""
    found: dict[int, set[str]] = {}
    for module in (module for module in modules() if module.is_test):
        for number in re.findall(r"pytest\.mark\.promise\((\d+)\)", module.text):
            found.setdefault(int(number), set()).add(str(module.path))
    return found


def test_every_promise_that_a_test_holds_is_made_and_every_one_made_is_held_or_waits() -> None:
    assert sorted(held()) == [promise.number for promise in PROMISES if not promise.waits_for]


def test_the_page_of_promises_says_what_is_promised_and_what_each_test_reached() -> None:
    said = {int(row[0]): row for row in rows(page("docs/promises.md")) if row[0].isdigit()}
    promised = {each.number: [each.when, each.then, each.figure] for each in PROMISES}
    assert {number: row[1:4] for number, row in said.items()} == promised
    assert {number: set(codes(row[5])) for number, row in said.items() if row[5]} == held()
    assert [number for number, row in said.items() if row[4] in (BROKEN, UNTRIED)] == []


def test_the_first_ten_minutes_name_who_and_what_is_there() -> None:
    text = page("docs/start.md")
    assert [word for word in (INSTRUCTOR, LEARNER, f"/courses/{SAMPLE.stem}/") if word not in text] == []


def test_the_readme_says_in_five_lines_what_it_is_and_shows_it() -> None:
    first, about, picture = page("README.md").split("\n\n")[:3]
    assert (first, len(about.splitlines())) == ("# Postil", 5)
    assert (ROOT / LINK.findall(picture)[0]).stat().st_size <= LARGEST_PICTURE


MADE_AT = re.compile(r"(?<![\w.])/(home|Users|root|work|workspace)/|index[-]url|https?://[^/ ]*py(pi|thonhosted)")


def test_nothing_that_is_handed_out_names_the_place_it_was_made_at() -> None:
    """No path of a developer's machine, and no package index but in the lock file, which needs one."""
    paths = [ROOT / name for name in tracked_files() if name != "uv.lock"]
    texts = {path: path.read_bytes().decode(errors="replace") for path in paths if path.is_file()}
    assert [f"{path}: {found[0]}" for path, text in texts.items() if (found := MADE_AT.search(text))] == []
