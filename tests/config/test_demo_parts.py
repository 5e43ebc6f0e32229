"""What a demo is made of, without starting one: its programs, its environment, its folders, its words."""

from __future__ import annotations

import stat
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError
from hypothesis import given
from hypothesis import strategies as st

from config.demo import Demo, demo_password, forget, is_served, programs, short_folder, start_redis
from config.journey import Form, Page
from config.management.commands.demo import Command
from config.processes.redis import free_port, host_and_port, port_is_free
from config.processes.supervisor import Supervisor
from config.secret_key import kept_secret_key
from tests.config.benchmarks.servers import Answer, serving


def demo(folder: Path, **given: str) -> Demo:
    return Demo(folder, 8123, "three words do", given)


@pytest.mark.parametrize(
    "name", ["DJANGO_SETTINGS_MODULE", "DATA_DIR", "PORT", "REDIS_URL", "POSTIL_DEMO", "DEMO_PASSWORD", "PYTHONPATH"]
)
def test_what_a_demo_decides_itself_cannot_be_given(tmp_path: Path, name: str) -> None:
    assert demo(tmp_path, **{name: "given"}).environment("unix:///s")[name] != "given"


@pytest.mark.parametrize("name", ["PATH", "HOME", "POSTIL_SIGNUP", "DATABASE_URL", "SECRET_KEY_FILE"])
def test_everything_else_is_handed_on_as_it_was_given(tmp_path: Path, name: str) -> None:
    assert demo(tmp_path, **{name: "given"}).environment("unix:///s")[name] == "given"


def test_the_given_environment_itself_is_left_as_it_is(tmp_path: Path) -> None:
    given_environment = {"PATH": "/bin", "DEMO_PASSWORD_FILE": "/secret"}
    Demo(tmp_path, 8123, "x", given_environment).environment("unix:///s")
    assert given_environment == {"PATH": "/bin", "DEMO_PASSWORD_FILE": "/secret"}


@pytest.mark.parametrize("port", [1, 8000, 65535])
def test_a_demo_is_served_on_loopback_alone(tmp_path: Path, port: int) -> None:
    web = programs({}, port=port)[-1]
    command = list(web.command)
    assert command[command.index("--host") + 1] == "127.0.0.1"
    assert command[command.index("--port") + 1] == str(port)
    assert Demo(tmp_path, port, "x", {}).url == f"http://127.0.0.1:{port}/"


@pytest.mark.parametrize(("name", "part"), [("worker", "celery"), ("sweeper", "sweep"), ("web", "granian")])
def test_each_program_runs_under_the_same_python_with_the_same_environment(name: str, part: str) -> None:
    environment = {"PATH": "/bin"}
    program = next(program for program in programs(environment, port=8000) if program.name == name)
    assert part in program.command
    assert program.command[0].endswith("python") or "python" in program.command[0]
    assert dict(program.environment) == environment


@pytest.mark.parametrize(("given", "level"), [({}, "INFO"), ({"POSTIL_LOG_LEVEL": "WARNING"}, "WARNING")], ids=str)
def test_the_worker_says_as_much_as_everything_else(given: dict[str, str], level: str) -> None:
    worker = list(programs(given, port=8000)[0].command)
    assert worker[worker.index("--loglevel") + 1] == level


def test_two_demos_on_one_machine_have_workers_of_two_names() -> None:
    one, two = (list(programs({}, port=port)[0].command) for port in (8000, 8001))
    assert one[one.index("--hostname") + 1] != two[two.index("--hostname") + 1]


@pytest.mark.parametrize(
    ("status", "is_up"), [(200, True), (302, True), (404, True), (499, True), (500, False), (503, False)]
)
def test_a_site_is_served_once_it_answers_anything_but_a_fault(status: int, is_up: bool) -> None:
    with serving({"/healthz": Answer(status=status)}) as told:
        assert is_served(told.port) is is_up


def test_a_port_where_nobody_listens_is_not_served() -> None:
    assert not is_served(free_port())


@pytest.mark.parametrize("given_password", ["three words do", "x", "pass\u00e9", " "])
def test_a_given_password_is_taken_and_never_kept(tmp_path: Path, given_password: str) -> None:
    assert demo_password(tmp_path, {"DEMO_PASSWORD": given_password}) == given_password
    assert list(tmp_path.iterdir()) == []


def test_a_made_password_is_four_words_of_its_folder_alone(tmp_path: Path) -> None:
    one, two = (demo_password(tmp_path / name, {}) for name in ("one", "two"))
    assert one != two
    assert [len(word) for word in one.split("-")] == [4, 4, 4, 4]


@pytest.mark.parametrize("make", [kept_secret_key, lambda folder: demo_password(folder, {})])
def test_what_is_kept_is_readable_by_its_owner_alone_and_stays(tmp_path: Path, make: object) -> None:
    assert callable(make)
    made = make(tmp_path / "new" / "folder")
    (file,) = (tmp_path / "new" / "folder").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert make(tmp_path / "new" / "folder") == made == file.read_text()


def test_a_key_that_stands_there_is_taken_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("brought along\n")
    assert kept_secret_key(tmp_path) == "brought along"
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


def test_a_demo_that_ended_leaves_no_address_and_no_socket(tmp_path: Path) -> None:
    sockets = short_folder()
    (sockets / "redis.sock").touch()
    (tmp_path / "redis-url").write_text("unix:///gone")
    for _ in range(2):
        forget(demo(tmp_path), sockets)
    assert not sockets.exists()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_for_sockets_is_private_and_new_each_time() -> None:
    folders = [short_folder(), short_folder()]
    try:
        assert folders[0] != folders[1]
        assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}
    finally:
        for folder in folders:
            folder.rmdir()


def test_a_redis_that_was_named_is_taken_and_none_is_started(tmp_path: Path) -> None:
    supervisor = Supervisor(logs=tmp_path, say=print)
    try:
        url = start_redis(demo(tmp_path, REDIS_URL="redis://elsewhere/0"), supervisor, print, sockets=tmp_path)
        assert (url, supervisor.watched) == ("redis://elsewhere/0", {})
    finally:
        supervisor.stop()


def test_a_port_in_use_is_refused_with_what_to_do() -> None:
    with serving({}) as told, pytest.raises(CommandError, match=rf"^Port {told.port} is in use\. Choose another"):
        Command(stdout=StringIO()).demo(told.port, Path("/nowhere"))


def test_a_ready_demo_says_where_it_is_and_how_to_come_in(tmp_path: Path) -> None:
    out = StringIO()
    Command(stdout=out).welcome(demo(tmp_path))
    assert out.getvalue().splitlines() == [
        "Ready: http://127.0.0.1:8123/",
        "Sign in as learner@example.org or instructor@example.org with the password three words do",
        f"Logs are in {tmp_path / 'logs'}. Ctrl-C stops everything.",
    ]


def test_a_quiet_demo_keeps_standard_output_for_its_one_line() -> None:
    out, err = StringIO(), StringIO()
    command = Command(stdout=out, stderr=err)
    command.is_quiet = True
    command.say("Preparing …")
    assert (out.getvalue(), err.getvalue()) == ("", "Preparing …\n")


@given(st.integers(1, 65535))
def test_an_address_of_a_redis_names_its_host_and_port(port: int) -> None:
    assert host_and_port(f"redis://127.0.0.1:{port}/0") == ("127.0.0.1", port)


def test_a_free_port_is_free_until_somebody_listens() -> None:
    port = free_port()
    assert port_is_free(port)
    with serving({}) as told:
        assert not port_is_free(told.port)


@pytest.mark.parametrize(
    ("html", "fields"),
    [
        ('<input name="a" value="1">', [("a", "1")]),
        ('<input name="a" type="hidden" value="">', [("a", "")]),
        ('<input name="a">', [("a", "a word")]),
        ('<input name="a" type="text">', [("a", "a word")]),
        ('<input name="a" type="number">', [("a", "")]),
        ("<textarea name='a'></textarea>", [("a", "a word")]),
        ('<input name="a" type="radio" value="x"><input name="a" type="radio" value="y">', [("a", "x")]),
        (
            '<input name="a" type="checkbox" value="x"><input name="b" type="checkbox" value="y">',
            [("a", "x"), ("b", "y")],
        ),
        ('<input name="a" value="1"><input name="a" value="2">', [("a", "1"), ("a", "2")]),
        ('<input type="submit" name="go" value="1">', []),
        ('<input type="file" name="a">', []),
        ('<input type="button" name="a">', []),
        ('<input name="a" disabled>', []),
        ('<input name="flag-1" value="1">', []),
        ("<input>", []),
    ],
)
def test_a_journey_fills_each_control_as_a_hurried_learner_would(html: str, fields: list[tuple[str, str]]) -> None:
    page = Page("http://127.0.0.1/quiz/", 200, f'<form action="send/">{html}</form><input name="outside">')
    assert page.forms == [Form("http://127.0.0.1/quiz/send/", fields)]
