"""Static files: each that a page asks for is there, named by its content; what no page asks for is left out."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile

from config.static import SENT_AS_THEY_ARE, OurStaticFiles, OurStorage
from tests.quality.source import ROOT

ASKED = re.compile(r"""\{%\s*static\s+["']([^"'{]+)["']\s*%\}""")
IMPORTED = re.compile(r"""from\s+["'](\./[^"']+)["']""")


def asked_for() -> Iterator[tuple[str, str]]:
    """Each template with each file it asks for by name."""
    for path in sorted((ROOT / "templates").rglob("*.html")):
        for name in ASKED.findall(path.read_text(encoding="utf-8")):
            yield str(path.relative_to(ROOT)), name


def test_every_file_that_a_template_names_is_found() -> None:
    wanted = list(asked_for())

    assert len(wanted) > 20
    assert [(template, name) for template, name in wanted if finders.find(name) is None] == []


def test_every_module_that_a_script_imports_stands_beside_it() -> None:
    missing = [
        (path.name, name)
        for path in sorted((ROOT / "static").rglob("*.js"))
        for name in IMPORTED.findall(path.read_text(encoding="utf-8"))
        if not (path.parent / name).is_file()
    ]

    assert missing == []


def test_what_no_page_asks_for_is_left_out() -> None:
    patterns = OurStaticFiles.ignore_patterns
    found = {path for finder in finders.get_finders() for path, _ in finder.list(patterns)}

    assert [path for path in found if path.startswith(("rest_framework/", "oauth2_provider/"))] == []
    assert [path for path in found if "redoc" in path] == []
    assert any(path.endswith("postil.css") for path in found)
    assert {name for _, name in asked_for()} <= found


@pytest.fixture
def storage(tmp_path: Path) -> OurStorage:
    """A storage of its own, with two modules, a style sheet, and a file of the staff's pages."""
    made = OurStorage(location=str(tmp_path), base_url="/static/")
    files = {
        "js/one.js": 'import { two } from "./two.js";\ntwo();\n' + "// long enough to be worth compressing\n" * 50,
        "js/two.js": "export function two() { return 2; }\n",
        "site.css": "body { color: black; }\n" * 200,
        "admin/site.css": "body { color: black; }\n" * 200,
    }
    for name, text in files.items():
        made.save(name, ContentFile(text.encode()))
    list(made.post_process({name: (made, name) for name in files}))
    return made


def test_a_file_is_named_by_its_content(storage: OurStorage, tmp_path: Path) -> None:
    named = storage.url("site.css")
    assert re.fullmatch(r"/static/site\.[0-9a-f]{12}\.css", named)

    (tmp_path / "site.css").write_text("body { color: white; }")
    list(storage.post_process({"site.css": (storage, "site.css")}))

    assert storage.url("site.css") != named


def test_modules_find_each_other_under_their_hashed_names(storage: OurStorage, tmp_path: Path) -> None:
    one = (tmp_path / storage.url("js/one.js").removeprefix("/static/")).read_text()

    two = storage.url("js/two.js").rpartition("/")[2]
    assert f'from "./{two}"' in one
    assert (tmp_path / "js" / two).is_file()


def test_what_is_sent_is_compressed_once_and_pages_of_staff_are_not(storage: OurStorage, tmp_path: Path) -> None:
    packed = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.gz"))

    assert [name for name in packed if name.startswith(SENT_AS_THEY_ARE)] == []
    sheet = storage.url("site.css").removeprefix("/static/")
    assert f"{sheet}.gz" in packed
    assert gzip.decompress((tmp_path / f"{sheet}.gz").read_bytes()) == (tmp_path / sheet).read_bytes()


def test_a_file_that_is_not_there_is_no_address(storage: OurStorage) -> None:
    with pytest.raises(ValueError, match=r"Missing staticfiles manifest entry for .none\.js."):
        storage.url("none.js")
