from __future__ import annotations

import os
import socket
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


def test_a_port_in_use_is_not_free(redis_service: RedisService) -> None:
    port = redis.free_port()
    assert redis.port_is_free(port)
    with socket.create_server(("127.0.0.1", port)):
        assert not redis.port_is_free(port)
