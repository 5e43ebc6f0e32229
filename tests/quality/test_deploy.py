"""What deploy/ starts is what the documentation says runs, with settings there are and few rights."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.settings import env
from tests.quality.documents import codes, page, rows
from tests.quality.source import ROOT

DEPLOY = ROOT / "deploy"
OURS = ("web", "worker", "sweeper")
UNITS = {"web": "postil-web@", "worker": "postil-worker@", "sweeper": "postil-sweeper"}
LOCAL_OPTIONS = {"--host", "--port", "--concurrency", "--loglevel", "--hostname"}
"""What a place decides for itself; everything else is as documented."""
SECRETS = ("postil-key", "database-url", "database-password")
CONFINED = {
    "User": "postil",
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "CapabilityBoundingSet": "",
    "RestrictNamespaces": "yes",
    "SystemCallFilter": "@system-service",
    "EnvironmentFile": "/etc/postil/postil.env",
}


def documented() -> dict[str, list[str]]:
    """The words of each process's command, by its first word in the table of what runs."""
    table = list(rows(page("docs/operations.md").partition("## What runs")[2].partition("\n## ")[0]))
    return {row[0].split()[0].strip(","): shlex.split(codes(row[1])[0]) for row in table if codes(row[1])}


def essential(command: list[str]) -> list[str]:
    """The command without where it stands and without what a place decides."""
    words = [Path(command[0]).name, *command[1:]]
    left, skips = [], False
    for word in words:
        if skips or word in LOCAL_OPTIONS:
            skips = not skips
            continue
        left.append(word)
    return left


def wanted(process: str) -> list[str]:
    """As the page on operation has it."""
    return documented()[process]


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    return found


def unit(name: str) -> ConfigParser:
    parser = ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment, method-assign]  # -- as the standard library documents it
    parser.read(DEPLOY / "systemd" / name)
    return parser


def procfile() -> dict[str, str]:
    lines = (DEPLOY / "Procfile").read_text().splitlines()
    return {name: command.strip() for name, _, command in (line.partition(":") for line in lines)}


def variables(path: Path) -> set[str]:
    return set(re.findall(r"^#?([A-Z_]+)=", path.read_text(), flags=re.MULTILINE))


def dockerfile() -> list[str]:
    text = (DEPLOY / "Dockerfile").read_text().replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("process", OURS)
def test_a_container_runs_what_the_page_says(process: str) -> None:
    assert essential(compose()["services"][process]["command"]) == wanted(process)


@pytest.mark.parametrize("process", OURS)
def test_a_unit_runs_what_the_page_says(process: str) -> None:
    command = unit(f"{UNITS[process]}.service")["Service"]["ExecStart"]
    assert essential(shlex.split(command)) == wanted(process)


@pytest.mark.parametrize("process", OURS)
def test_a_procfile_runs_what_the_page_says(process: str) -> None:
    assert essential(shlex.split(procfile()[process])) == wanted(process)


def test_an_image_runs_a_web_server_unless_told() -> None:
    (command,) = [line.removeprefix("CMD ") for line in dockerfile() if line.startswith("CMD ")]
    assert essential(yaml.safe_load(command)) == wanted("web")


@pytest.mark.parametrize("process", [*OURS, "migrate"])
def test_a_container_is_given_settings_there_are(process: str) -> None:
    given = compose()["services"][process]["environment"]
    assert set(given) <= env.names
    needed = {"DATABASE_URL_FILE", "REDIS_URL", "SECRET_KEY_FILE", "POSTIL_PUBLIC_URL", "POSTIL_TRUSTED_PROXIES"}
    assert needed <= set(given)


def test_what_a_unit_is_given_are_settings_there_are() -> None:
    assert variables(DEPLOY / "systemd" / "postil.env.example") <= env.names


def test_what_compose_asks_for_is_in_its_example() -> None:
    text = (DEPLOY / "compose.yaml").read_text()
    asked = set(re.findall(r"\$\{([A-Z_]+)", text))
    assert asked == variables(DEPLOY / "compose.env.example")


def test_only_the_proxy_can_be_reached_from_outside() -> None:
    services = compose()["services"]
    assert [name for name, service in services.items() if service.get("ports")] == ["proxy"]
    assert services["proxy"]["ports"] == ["80:80", "443:443", "443:443/udp"]
    assert [name for name in ("postgres", "valkey") if services[name]["networks"] != ["inside"]] == []


def test_the_proxy_s_network_is_the_one_that_is_believed() -> None:
    """A second one that both are on would give the proxy another address, and every page would lead to itself."""
    found = compose()
    shared = [set(found["services"][name]["networks"]) for name in ("proxy", "web")]
    assert set.intersection(*shared) == {"inside"}
    (network,) = found["networks"]["inside"]["ipam"]["config"]
    assert found["services"]["web"]["environment"]["POSTIL_TRUSTED_PROXIES"] == network["subnet"]


@pytest.mark.parametrize("process", OURS)
def test_nothing_starts_before_the_tables_are_there_and_all_starts_again(process: str) -> None:
    service = compose()["services"][process]
    assert service["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    assert service["restart"] == "unless-stopped"


@pytest.mark.parametrize("process", [*OURS, "migrate"])
def test_a_container_may_do_no_more_than_it_needs(process: str) -> None:
    service = compose()["services"][process]
    assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
    assert service["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize(("process", "seconds"), [("web", 20), ("worker", 30), ("sweeper", 20)])
def test_a_process_has_longer_to_stop_than_it_needs(process: str, seconds: int) -> None:
    assert compose()["services"][process]["stop_grace_period"] == f"{seconds}s"
    assert unit(f"{UNITS[process]}.service")["Service"]["TimeoutStopSec"] == str(seconds)
    assert seconds > 10


def test_what_others_wait_for_says_when_it_is_well() -> None:
    services = compose()["services"]
    waits = [each for service in services.values() for each in service.get("depends_on", {}).items()]
    awaited = {name: condition["condition"] for name, condition in waits}
    healthy, done = "service_healthy", "service_completed_successfully"
    assert awaited == {"web": healthy, "postgres": healthy, "migrate": done}
    assert [name for name in awaited if awaited[name] == healthy and not services[name]["healthcheck"]["test"]] == []


def test_a_database_that_is_only_being_made_is_not_well() -> None:
    """Its image starts it on a socket first and stops it again; migrating then would fail, and nothing would start."""
    assert "--host 127.0.0.1" in compose()["services"]["postgres"]["healthcheck"]["test"][1]


def test_secrets_are_files_and_no_process_is_given_one_in_words() -> None:
    found = compose()
    assert {name: set(each) for name, each in found["secrets"].items()} == {name: {"file"} for name in SECRETS}
    for process in (*OURS, "migrate"):
        service = found["services"][process]
        assert service["secrets"] == ["postil-key", "database-url"]
        assert service["environment"]["SECRET_KEY_FILE"] == "/run/secrets/postil-key"
        assert service["environment"]["DATABASE_URL_FILE"] == "/run/secrets/database-url"
        assert {"SECRET_KEY", "DATABASE_URL"}.isdisjoint(service["environment"])
    postgres = found["services"]["postgres"]
    assert postgres["secrets"] == ["database-password"]
    assert postgres["environment"]["POSTGRES_PASSWORD_FILE"] == "/run/secrets/database-password"
    assert "POSTGRES_PASSWORD" not in postgres["environment"]


def test_every_image_is_of_a_version() -> None:
    images = [service["image"] for service in compose()["services"].values()]
    assert {line.split()[1] for line in dockerfile() if line.startswith("FROM ")} == {"$BASE"}
    images += re.findall(r"^ARG BASE=(\S+)", "\n".join(dockerfile()), flags=re.MULTILINE)
    assert [image for image in images if image != "postil" and not re.search(r":\d", image)] == []


def test_the_image_runs_as_nobody_and_installs_what_was_locked() -> None:
    lines = dockerfile()
    users = [line for line in lines if line.startswith("USER ")]
    assert users == ["USER postil"]
    assert [line for line in lines[lines.index("USER postil") :] if line.startswith(("RUN", "COPY"))] == []
    assert [line for line in lines if "pip install" in line and "--require-hashes" not in line] == []
    assert [line for line in lines if line.startswith("ADD ")] == []


def test_what_nobody_may_write_to_is_compiled_as_the_image_is_built() -> None:
    lines = dockerfile()
    assert "RUN /venv/bin/python -m compileall -q /postil" in lines[lines.index("COPY --chown=root:root . /postil") :]


def test_an_image_holds_no_tests_no_history_and_no_secrets() -> None:
    left_out = set((ROOT / ".dockerignore").read_text().split())
    assert {".git", ".env*", ".venv", "data", "**/*.sqlite3", "tests", "deploy"} <= left_out


@pytest.mark.parametrize("name", [f"{unit}.service" for unit in (*UNITS.values(), "postil-backup")])
def test_a_unit_is_confined(name: str) -> None:
    service = unit(name)["Service"]
    assert {key: service[key] for key in CONFINED} == CONFINED


@pytest.mark.parametrize("name", [f"{unit}.service" for unit in UNITS.values()])
def test_a_unit_starts_again_and_belongs_to_the_target(name: str) -> None:
    found = unit(name)
    assert (found["Service"]["Restart"], found["Install"]["WantedBy"]) == ("always", "postil.target")


def test_each_night_has_its_backup() -> None:
    command = unit("postil-backup.service")["Service"]["ExecStart"]
    assert essential(shlex.split(command))[:3] == ["python", "manage.py", "backup"]
    assert unit("postil-backup.timer")["Timer"]["Persistent"] == "yes"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze here")
@pytest.mark.parametrize("name", [f"{unit}.service" for unit in (*UNITS.values(), "postil-backup")])
def test_systemd_holds_a_unit_to_be_little_exposed(tmp_path: Path, name: str) -> None:
    """Out of 100; a unit that says nothing has 96."""
    copy = tmp_path / name.replace("@.", "@8000.")
    copy.write_text((DEPLOY / "systemd" / name).read_text())
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=35", str(copy)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-200:]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze here")
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    """Where the programs stand is left to the machine; a file that may be run takes the place of each."""
    for path in (DEPLOY / "systemd").glob("postil*.*"):
        name = path.name.replace("@.", "@8000.")
        (tmp_path / name).write_text(re.sub(r"/srv/postil/\.venv/bin/\w+", sys.executable, path.read_text()))
    units = sorted(str(path) for path in tmp_path.iterdir() if path.suffix in {".service", ".timer", ".target"})
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", ["Caddyfile", "nginx.conf"])
def test_a_proxy_names_each_request_and_shows_no_figures(name: str) -> None:
    text = (DEPLOY / name).read_text()
    assert "X-Request-ID" in text
    assert re.search(r"/metrics\b.*404", text)
    assert re.search(r"52\s?M", text, flags=re.IGNORECASE)
    assert text.count("{") == text.count("}")


def test_each_file_is_named_on_the_page() -> None:
    text = page("docs/operations.md")
    files = [path.name for path in DEPLOY.iterdir() if path.is_file() and "example" not in path.name]
    assert [name for name in files if f"deploy/{name}" not in text] == []
