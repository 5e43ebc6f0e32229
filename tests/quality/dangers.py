"""Rules of our own about what may be written where, over the tree of each module and over each template."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from fnmatch import fnmatch

from tests.quality.source import Module

LOOKED_AT = (ast.Call, ast.Import, ast.ImportFrom, ast.Assign)
Finder = Callable[[ast.AST], bool]


@dataclass(frozen=True)
class Danger:
    """What `is_written` finds in a node of a module; it may stand in the modules `only_in` alone, each for a reason."""

    name: str
    is_written: Finder
    only_in: Collection[str] = ()

    def may_stand_in(self, module: Module) -> bool:
        return any(fnmatch(str(module.path), place) for place in self.only_in)


def dangers_in(module: Module) -> list[tuple[Danger, int]]:
    """Each danger that is written in the module, and its line."""
    nodes = [node for node in ast.walk(module.tree) if isinstance(node, LOOKED_AT)]
    return [(danger, node.lineno) for danger in DANGERS for node in nodes if danger.is_written(node)]


def calls(*names: str) -> Finder:
    """A call of one of these, by its last name, or by all of it where the name has a point."""
    return lambda node: (
        isinstance(node, ast.Call) and not {called(node), called(node).rpartition(".")[2]}.isdisjoint(names)
    )


def called(call: ast.Call) -> str:
    """The name of what is called, with its points; what is called on a value has a point before it."""
    return dotted(call.func)


def dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def imports(*modules: str) -> Finder:
    """An import of one of these modules, of something in one, or of a module below one."""
    return lambda node: any(name == each or name.startswith(f"{each}.") for name in imported(node) for each in modules)


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [each.name for each in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{each.name}" for each in node.names]
    return []


def has_keyword(name: str, *values: object) -> Finder:
    return lambda node: (
        isinstance(node, ast.Call)
        and any(
            each.arg == name and isinstance(each.value, ast.Constant) and each.value.value in values
            for each in node.keywords
        )
    )


def sets(name: str, value: object) -> Finder:
    return lambda node: (
        isinstance(node, ast.Assign)
        and any(isinstance(each, ast.Name) and each.id == name for each in node.targets)
        and isinstance(node.value, ast.Constant)
        and node.value.value == value
    )


def runs_put_together_sql(node: ast.AST) -> bool:
    """A statement that is no literal and no name of one is sent to the database."""
    if not isinstance(node, ast.Call) or called(node).rpartition(".")[2] not in {"execute", "executemany", "raw"}:
        return False
    return bool(node.args) and any(
        isinstance(each, ast.JoinedStr | ast.BinOp | ast.Call) for each in ast.walk(node.args[0])
    )


def is_text_of_a_request(node: ast.AST) -> bool:
    return any(
        isinstance(each, ast.Attribute)
        and each.attr in {"GET", "POST", "META", "headers", "body"}
        and "request" in ast.unparse(each.value)
        for each in ast.walk(node)
    )


def redirects_where_a_request_says(node: ast.AST) -> bool:
    """To an address that is taken from a request as it came: none of ours is known to be meant."""
    is_redirect = isinstance(node, ast.Call) and called(node).rpartition(".")[2] in {"redirect", "HttpResponseRedirect"}
    return is_redirect and isinstance(node, ast.Call) and bool(node.args) and is_text_of_a_request(node.args[0])


def compiles_what_a_request_says(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and called(node).startswith("re.")
        and bool(node.args)
        and is_text_of_a_request(node.args[0])
    )


def either(*finders: Finder) -> Finder:
    return lambda node: any(finds(node) for finds in finders)


DANGERS = (
    Danger("runs what is written", calls("eval", "exec", "__import__", "os.system", "os.popen")),
    Danger(
        "makes objects of bytes", imports("pickle", "marshal", "shelve", "dill", "cloudpickle", "yaml", "jsonpickle")
    ),
    Danger("starts programs", imports("subprocess"), ("config/processes/*", "config/benchmarks/inside.py")),
    Danger("starts a shell", has_keyword("shell", True)),
    Danger(
        "calls other machines",
        imports("urllib.request", "httpx", "requests", "aiohttp", "urllib3", "http.client", "socket", "ftplib"),
        # The guarded fetcher and what posts through it, the model of the operator, and loopback.
        ("course/reading/fetching/*", "hooks/sending/posting.py", "authoring/providers/exchange.py", "config/*"),
    ),
    Danger("believes any certificate", either(has_keyword("verify", False), calls("_create_unverified_context"))),
    Danger(
        "says that text is markup",
        calls("mark_safe", "SafeString", "SafeText"),
        ("accounts/templatetags/*", "config/quick_templates.py"),
    ),
    Danger(
        "puts a statement together where it is run",
        runs_put_together_sql,
        # Names of tables and of locks that stand in the code; each says so beside it.
        ("config/benchmarks/*", "jobs/domain/*", "quizzes/domain/grading_locks.py"),
    ),
    Danger("writes SQL into a query", calls("extra", "RawSQL")),
    Danger(
        "takes a form without its token",
        imports("django.views.decorators.csrf.csrf_exempt"),
        ("accounts/views.py", "web/studio/limits.py", "web/api/urls/__init__.py"),
    ),
    Danger("takes whatever fields there are", either(sets("fields", "__all__"), sets("exclude", ()))),
    Danger(
        "reads XML that may name other files",
        imports("xml.etree", "xml.dom", "xml.sax.handler", "xml.sax.make_parser", "lxml.etree"),
        ("course/reading/formats/html.py",),
    ),
    Danger("unpacks names of an archive onto the disk", calls("extract", "extractall", "unpack_archive")),
    Danger("redirects where a request says", redirects_where_a_request_says),
    Danger("compiles a pattern that a request brings", compiles_what_a_request_says),
    Danger("believes the host that a request names", calls("get_host", "get_raw_uri")),
    Danger("sends a task before its row is stored", calls("delay", "apply_async", "delay_on_commit")),
)

UNESCAPED = re.compile(r"\|\s*safe(seq)?\b|{%-?\s*autoescape\s+off|{%-?\s*debug\b|javascript:", re.IGNORECASE)
FORM = re.compile(r"<form\b(?P<head>[^>]*)>(?P<body>.*?)</form>", re.IGNORECASE | re.DOTALL)


def unescaped_in(template: str) -> list[str]:
    """What a template passes on as it came."""
    return [found.group() for found in UNESCAPED.finditer(template)]


def forms_without_token_in(template: str) -> list[str]:
    """The heads of those forms that change something and have no token."""
    return [
        form["head"].strip()
        for form in FORM.finditer(template)
        if re.search(r"""method=["']?post""", form["head"], re.IGNORECASE) and "csrf_token" not in form["body"]
    ]
