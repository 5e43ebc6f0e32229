"""What is installed where Postil runs is known to the last file, and may be used there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.materials import ROOT, licences, main, materials, may_run_here

pytestmark = [pytest.mark.promise(42)]


def pinned() -> dict[tuple[str, str], set[str]]:
    """The hashes that pip wants of each package and version of production."""
    packages = re.split(r"\n(?=\S)", (ROOT / "requirements" / "prod.txt").read_text())
    found = [(re.match(r"([\w.-]+)(?:\[[\w,-]+\])?==(\S+)", text), text) for text in packages]
    return {(m[1], m[2]): set(re.findall(r"sha256:(\w+)", text)) for m, text in found if m}


@pytest.fixture(scope="module")
def components() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = materials()["components"]
    return found


def hashes(component: dict[str, Any]) -> set[str]:
    return {each["content"] for file in component["externalReferences"] for each in file["hashes"]}


def test_each_package_that_is_installed_is_listed_with_its_hashes(
    components: list[dict[str, Any]], reached: Callable[[str], None]
) -> None:
    listed = {(each["name"], each["version"]): hashes(each) for each in components}
    assert len(listed) > 50
    assert listed == pinned()
    reached(f"{len(listed)} packages with hashes")


def test_each_package_says_its_licence_and_none_is_gpl(components: list[dict[str, Any]]) -> None:
    assert [each["name"] for each in components if not each["licenses"]] == []
    assert [each["name"] for each in components if not may_run_here(each["licenses"])] == []


@pytest.mark.parametrize(
    ("said", "may"),
    [
        ([{"expression": "LGPL-3.0-only"}], True),
        ([{"expression": "MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later"}], True),
        ([{"expression": "GPL-2.0-only"}], False),
        ([{"expression": "AGPL-3.0-or-later"}], False),
        ([{"license": {"name": "GNU General Public License v3 (GPLv3)"}}], False),
        ([{"license": {"name": "GNU Affero General Public License v3"}}], False),
        ([{"license": {"name": "GNU Lesser General Public License v3 (LGPLv3)"}}], True),
        ([{"license": {"name": "MIT License"}}, {"license": {"name": "GPLv3"}}], False),
        ([], False),
    ],
)
def test_gpl_is_known_by_each_of_its_names(said: list[dict[str, Any]], may: bool) -> None:
    assert may_run_here(said) is may


def test_what_is_not_here_and_unknown_has_no_licence() -> None:
    assert licences("no-such-package-anywhere") == []


def test_what_is_written_is_the_same_at_any_time(tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    main(first)
    main(second)
    assert first.read_bytes() == second.read_bytes()
    assert json.loads(first.read_text())["bomFormat"] == "CycloneDX"
