"""What must be written nowhere, or in one place alone: promise 42, with `ruff`'s rules after bandit beside it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.quality.dangers import DANGERS, Danger, dangers_in, forms_without_token_in, unescaped_in
from tests.quality.source import PACKAGES, ROOT, Module, source

pytestmark = [pytest.mark.promise(42)]

WRITTEN = {
    "runs what is written": "total = eval(answer)",
    "makes objects of bytes": "from pickle import loads",
    "starts programs": "import subprocess",
    "starts a shell": "run('ls', shell=True)",
    "calls other machines": "from urllib.request import urlopen",
    "believes any certificate": "client = Client(verify=False)",
    "says that text is markup": "words = mark_safe(answer)",
    "puts a statement together where it is run": "cursor.execute(f'SELECT {name}')",
    "writes SQL into a query": "Quiz.objects.extra(where=[words])",
    "takes a form without its token": "from django.views.decorators.csrf import csrf_exempt",
    "takes whatever fields there are": "fields = '__all__'",
    "reads XML that may name other files": "from xml.etree import ElementTree",
    "unpacks names of an archive onto the disk": "archive.extractall(folder)",
    "redirects where a request says": "redirect(request.GET['next'])",
    "compiles a pattern that a request brings": "re.compile(request.POST['pattern'])",
    "believes the host that a request names": "link = f'https://{request.get_host()}/'",
    "sends a task before its row is stored": "grade.delay(attempt.pk)",
}
WITHOUT_TOKEN = {"templates/account/mail/stop.html": ['method="post" action="{% url "accounts:stop-mail" token %}"']}
"""The token is in its address, since mail programs send it too (RFC 8058)."""
WITH_OUR_OWN_MARKUP = {"templates/components/field.html": ["|safe"]}
"""The help beside a field: our own sentences, some with a list in them; nobody types one."""


@pytest.fixture(scope="module")
def written() -> list[tuple[Danger, Module, int]]:
    """Every danger that is written in the source, where it may be and where not."""
    return [(danger, module, line) for module in source() for danger, line in dangers_in(module)]


def test_what_is_dangerous_is_written_where_it_may_be(
    written: list[tuple[Danger, Module, int]], reached: Callable[[str], None]
) -> None:
    found = [f"{m.path}:{line} {danger.name}" for danger, m, line in written if not danger.may_stand_in(m)]
    reached(f"{len(found)} breaches of {len(DANGERS)} rules of our own")
    assert found == []


def test_each_place_that_may_write_something_dangerous_does(written: list[tuple[Danger, Module, int]]) -> None:
    allowed = {(danger.name, place) for danger in DANGERS for place in danger.only_in}
    used = {(d.name, place) for d, module, _ in written for place in d.only_in if fnmatch(str(module.path), place)}
    assert allowed - used == set()


@pytest.mark.parametrize("name", [danger.name for danger in DANGERS])
def test_what_is_dangerous_is_found_where_it_is_written(name: str) -> None:
    assert [(danger.name, line) for danger, line in dangers_in(made_up(WRITTEN[name]))] == [(name, 1)]


@pytest.mark.parametrize(
    "words", ["total = evaluate(answer)", "import json", "cursor.execute('SELECT 1')", "redirect('learner:home')"]
)
def test_what_only_looks_alike_is_no_danger(words: str) -> None:
    assert dangers_in(made_up(words)) == []


def made_up(words: str) -> Module:
    return Module(Path("web/made_up.py"), words)


def templates() -> list[Path]:
    return sorted(path.relative_to(ROOT) for top in ("templates", "web") for path in (ROOT / top).rglob("*.html"))


def test_no_template_shows_what_somebody_wrote_as_markup() -> None:
    found = {str(path): unescaped_in((ROOT / path).read_text()) for path in templates()}
    assert {path: words for path, words in found.items() if words} == WITH_OUR_OWN_MARKUP


def test_each_form_that_changes_something_has_its_token() -> None:
    found = {str(path): forms_without_token_in((ROOT / path).read_text()) for path in templates()}
    assert {path: heads for path, heads in found.items() if heads} == WITHOUT_TOKEN


@pytest.mark.parametrize(
    ("template", "unescaped", "without_token"),
    [
        ("<p>{{ answer|safe }}</p>", ["|safe"], []),
        ("{% autoescape off %}{{ answer }}{% endautoescape %}", ["{% autoescape off"], []),
        ('<form method="post" action="x">{{ form }}</form>', [], ['method="post" action="x"']),
        ('<form method="post">{% csrf_token %}</form><form>{{ form }}</form>', [], []),
    ],
)
def test_what_a_template_lacks_is_found(template: str, unescaped: list[str], without_token: list[str]) -> None:
    assert (unescaped_in(template), forms_without_token_in(template)) == (unescaped, without_token)


def test_no_rule_of_bandit_finds_anything(reached: Callable[[str], None]) -> None:
    """`ruff` has bandit's rules as S; whatever is silenced says why beside it."""
    command = [sys.executable, "-m", "ruff", "check", "--select", "S", *PACKAGES, "language"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "All checks passed!")
    reached("0 of bandit's findings")
