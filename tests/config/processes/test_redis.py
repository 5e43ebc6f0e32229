from __future__ import annotations

import os
import socket
import threading
from pathlib import Path

import pytest

from config.processes import redis
from config.processes.child import start, stop
from tests.services import RedisService, temporary_folder, wait_for


def test_a_private_redis_answers_on_its_socket_alone(redis_service: RedisService) -> None:
    assert redis_service.url.startswith("unix:///")
    assert redis.answers(redis_service.url)
    path = Path(redis_service.url.removeprefix("unix://").partition("?")[0])
    assert path.stat().st_mode & 0o077 == 0


def test_a_killed_redis_does_not_answer_and_comes_back_empty(redis_service: RedisService) -> None:
    redis_service.kill()
    assert not redis.answers(redis_service.url)
    redis_service.start_again()
    assert redis.answers(redis_service.url)


def test_the_server_on_the_path_is_preferred(tmp_path: Path) -> None:
    for name in ("valkey-server", "redis-server"):
        (tmp_path / name).touch(mode=0o755)
    assert redis.find_server(str(tmp_path)) == str(tmp_path / "redis-server")
    (tmp_path / "redis-server").unlink()
    assert redis.find_server(str(tmp_path)) == str(tmp_path / "valkey-server")


def test_without_a_real_server_a_stand_in_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis, "find_server", lambda path=None: None)
    with temporary_folder("postil-redis-") as folder:
        found = redis.private_redis(folder, os.environ)
        assert not found.is_real
        child = start(found.program, logs=folder)
        try:
            wait_for(lambda: redis.answers(found.url), what="the stand-in")
        finally:
            stop(child)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("redis://127.0.0.1:6379/0", ("127.0.0.1", 6379)),
        ("redis://127.0.0.1:6379", ("127.0.0.1", 6379)),
        ("redis://redis.internal:1/15", ("redis.internal", 1)),
    ],
)
def test_an_address_is_read_from_its_url(url: str, address: tuple[str, int]) -> None:
    assert redis.host_and_port(url) == address


def serving(reply: bytes | None) -> tuple[socket.socket, threading.Thread]:
    """Something that listens and, once connected to, says this, or nothing at all until it is hung up on."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = server.accept()
        with connection:
            connection.recv(64)
            if reply is None:
                connection.recv(1)
            else:
                connection.sendall(reply)

    thread = threading.Thread(target=serve)
    thread.start()
    return server, thread


@pytest.mark.parametrize(
    ("reply", "is_redis"),
    [
        (b"+PONG\r\n", True),
        (b"-NOAUTH Authentication required.\r\n", False),
        (b"-LOADING Redis is loading the dataset in memory\r\n", False),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", False),
        (b"", False),
        (None, False),
    ],
    ids=["pong", "asks for a password", "still loading", "another server", "hangs up", "says nothing"],
)
def test_only_what_says_pong_answers(reply: bytes | None, is_redis: bool) -> None:
    server, thread = serving(reply)
    with server:
        assert redis.answers(f"redis://127.0.0.1:{server.getsockname()[1]}/0", seconds=0.2) is is_redis
        thread.join()


def test_nobody_answers_where_nobody_listens(tmp_path: Path) -> None:
    assert not redis.answers(f"redis://127.0.0.1:{redis.free_port()}/0")
    assert not redis.answers(f"unix://{tmp_path}/none.sock?db=0")
    (tmp_path / "a-file").write_text("no socket")
    assert not redis.answers(f"unix://{tmp_path}/a-file?db=0")


def test_a_private_redis_keeps_nothing_on_disk_and_opens_no_port(tmp_path: Path) -> None:
    (tmp_path / "redis-server").touch(mode=0o755)

    found = redis.private_redis(tmp_path, {"PATH": str(tmp_path)})

    command = list(found.program.command)
    options = dict(zip(command[1::2], command[2::2], strict=True))
    assert (command[0], found.is_real) == (str(tmp_path / "redis-server"), True)
    assert found.url == f"unix://{options['--unixsocket']}?db=0"
    assert [options[name] for name in ("--port", "--unixsocketperm", "--save", "--appendonly", "--dir")] == [
        "0",
        "700",
        "",
        "no",
        str(tmp_path),
    ]


def test_a_port_in_use_is_not_free(redis_service: RedisService) -> None:
    port = redis.free_port()
    assert redis.port_is_free(port)
    with socket.create_server(("127.0.0.1", port)):
        assert not redis.port_is_free(port)
