"""What is installed where Postil runs, as CycloneDX has it: `python -m tests.materials FILE`, or `make materials`.

uv writes names, versions, files and hashes out of uv.lock; what is added here are the licences, as the installed
packages themselves say them. Nothing of it depends on when or where it was made.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
EXPORT = [str(Path(sys.executable).parent / "uv"), "export", "--frozen", "--quiet", "--no-default-groups"]
ELSEWHERE = {"async-timeout": "Apache-2.0", "colorama": "BSD-3-Clause", "tzdata": "Apache-2.0"}
"""What is installed with older Pythons or on Windows alone, so that its licence cannot be asked for here."""
GPL = re.compile(r"(?<![A-Za-z])A?GPL|(?<!Lesser )General Public|Affero", re.IGNORECASE)


def materials() -> dict[str, Any]:
    """Every package of production with its files' hashes and its licence."""
    command = [*EXPORT, "--no-emit-project", "--format", "cyclonedx1.5"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    for varying in ("serialNumber", "timestamp"):
        found.pop(varying, None)
        found["metadata"].pop(varying, None)
    found["components"] = [each | {"licenses": licences(each["name"])} for each in found["components"]]
    return found


def licences(package: str) -> list[dict[str, Any]]:
    """As CycloneDX has them: one expression where the package brings one, else the names it says, if any."""
    try:
        said = metadata(package)
    except PackageNotFoundError:
        return [{"expression": ELSEWHERE[package]}] if package in ELSEWHERE else []
    if expressions := said.get_all("License-Expression", []):
        return [{"expression": expression} for expression in expressions]
    kinds = [each for each in said.get_all("Classifier", []) if each.startswith("License ::")]
    names = [kind.rpartition(" :: ")[2] for kind in kinds] or [
        text.partition("\n")[0] for text in said.get_all("License", [])
    ]
    return [{"license": {"name": name}} for name in names if name]


def may_run_here(said: list[dict[str, Any]]) -> bool:
    """Neither GPL nor AGPL has to be taken under any of these; of "one OR another" one may be chosen."""
    names = [each.get("expression") or each["license"]["name"] for each in said]
    return bool(names) and all(any(not GPL.search(choice) for choice in re.split(r"\s+OR\s+", n)) for n in names)


def main(file: Path) -> None:
    file.write_text(json.dumps(materials(), indent=1) + "\n", encoding="utf-8")
    print(f"Wrote {file}.")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
