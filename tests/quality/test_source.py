from __future__ import annotations

import ast
import re

from tests.quality.source import PACKAGES, functions, modules, source

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "data", "info", "misc", "core"}
SILENCED = re.compile(r"#\s*(noqa\b|type:\s*ignore|pragma:)(?P<rest>.*)$")
EXPLAINED = re.compile(r"(:\s*[A-Z]+[0-9]+(,\s*[A-Z]+[0-9]+)*|\[[a-z, -]+\]).*--\s+\S")
BROKER_TIMERS = {"eta", "countdown"}
ALL_COLUMNS = re.compile(r"\b(SELECT|RETURNING)\s+(\w+\.)?\*")


def test_files_are_short_enough_to_read() -> None:
    long = {str(module.path): len(module.lines) for module in modules() if len(module.lines) > LONGEST_FILE}
    assert long == {}


def test_functions_are_short_enough_to_read() -> None:
    long = {
        f"{module.path}:{function.lineno} {function.name}": length
        for module in modules()
        for function in functions(module)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    }
    assert long == {}


def test_every_file_reads_annotations_late() -> None:
    without = [
        str(module.path)
        for module in modules()
        if module.text.strip() and "from __future__ import annotations" not in module.text
        # Neither a docstring nor a list of re-exports annotates anything.
        if any(not isinstance(node, ast.Expr | ast.ImportFrom | ast.Assign) for node in module.tree.body)
    ]
    assert without == []


def test_a_silenced_check_says_which_and_why() -> None:
    unexplained = [
        f"{module.path}:{number}"
        for module in modules()
        for number, line in enumerate(module.lines, start=1)
        if (found := SILENCED.search(line)) and not EXPLAINED.search(found["rest"]) and "re.compile" not in line
    ]
    assert unexplained == []


def test_no_module_has_a_name_that_could_hold_anything() -> None:
    assert [str(module.path) for module in source() if module.path.stem in VAGUE] == []


def test_imports_stand_at_the_top() -> None:
    inside = [
        f"{module.path}:{node.lineno}"
        for module in source()
        for function in functions(module)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom) and "noqa: PLC0415" not in module.lines[node.lineno - 1]
    ]
    assert inside == []


def test_no_statement_asks_for_whatever_columns_there_are() -> None:
    """PostgreSQL refuses the plan it kept of such a one as soon as a later version's migration adds a column."""
    found = [
        f"{module.path}:{node.lineno}"
        for module in source()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and ALL_COLUMNS.search(node.value)
    ]
    assert found == []


def test_no_business_time_is_left_to_the_broker() -> None:
    """Promise 19: no ETA, countdown or Celery retry; a lost or late message must never decide when something is due."""
    found = [
        f"{module.path}:{node.lineno}"
        for module in source()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and (is_task_retry(node) or has_broker_timer(node))
    ]
    assert found == []


def is_task_retry(call: ast.Call) -> bool:
    function = call.func
    return (
        isinstance(function, ast.Attribute)
        and function.attr == "retry"
        and isinstance(function.value, ast.Name)
        and function.value.id in {"self", "task"}
    )


def has_broker_timer(call: ast.Call) -> bool:
    return any(keyword.arg in BROKER_TIMERS for keyword in call.keywords)


def test_tests_stand_where_their_source_stands() -> None:
    """tests/course/reading/ is about course/reading/, be it a folder or a file. Tests of the whole mirror nothing."""
    known = {place for module in source() for place in (module.path.with_suffix(""), *module.path.parents)}
    tests = (module.path.relative_to("tests").parent for module in modules() if module.is_test)
    mirrors = {folder for folder in tests if folder.parts and folder.parts[0] in PACKAGES}
    assert sorted(str(folder) for folder in mirrors - known) == []


ANCHOR_READERS = "course/domain/anchors.py"
"""Where anchors are read: after a changed text most rows point into texts that nobody reads any more."""
WRITES = {"bulk_create", "create"}


def test_anchors_are_read_through_functions_that_say_which_ones_stand() -> None:
    reads = [
        f"{module.path}:{node.lineno}"
        for module in source()
        if str(module.path) != ANCHOR_READERS
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Anchor.objects" and node.attr not in WRITES
    ]
    assert reads == []


def test_an_error_code_belongs_to_one_error() -> None:
    codes = [
        (str(node.value.value), f"{module.path}:{kind.name}")
        for module in source()
        if module.path.parts[0] != "web"
        for kind in ast.walk(module.tree)
        if isinstance(kind, ast.ClassDef)
        for node in kind.body
        if isinstance(node, ast.Assign)
        and ast.unparse(node.targets[0]) == "code"
        and isinstance(node.value, ast.Constant)
    ]
    by_code: dict[str, list[str]] = {}
    for code, name in codes:
        by_code.setdefault(code, []).append(name)
    assert len(codes) > 30
    assert {code: names for code, names in by_code.items() if len(names) > 1} == {}
