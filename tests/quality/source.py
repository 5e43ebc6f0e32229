"""The files the checks of this folder read."""

from __future__ import annotations

import ast
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("config", "accounts", "jobs", "course", "hooks", "quizzes", "authoring", "web")


@dataclass(frozen=True)
class Module:
    """A Python file of the project, its path relative to the root and its text."""

    path: Path
    text: str

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, filename=str(self.path))

    @property
    def is_test(self) -> bool:
        return self.path.parts[0] == "tests"


@cache
def modules() -> tuple[Module, ...]:
    """Every Python file of source and tests, migrations not: those are written by a machine and never edited."""
    paths = (path for top in (*PACKAGES, "tests") for path in sorted((ROOT / top).rglob("*.py")))
    kept = (path for path in paths if "migrations" not in path.parts)
    return tuple(Module(path.relative_to(ROOT), path.read_text(encoding="utf-8")) for path in kept)


def source() -> list[Module]:
    return [module for module in modules() if not module.is_test]


def functions(module: Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def tracked_files() -> list[str]:
    """What git would hand to a stranger; where there is no git, whatever lies here outside hidden folders."""
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return done.stdout.splitlines()
    paths = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
    return [str(path) for path in paths if not path.parts[0].startswith(".")]
