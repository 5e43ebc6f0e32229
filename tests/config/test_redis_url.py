from __future__ import annotations

from pathlib import Path

import pytest

from config.redis_url import DEFAULT, broker_url, redis_url_of


@pytest.mark.parametrize(
    ("url", "broker"),
    [
        ("redis://:secret@redis.example.org:6379/1", "redis://:secret@redis.example.org:6379/1"),
        ("rediss://redis.example.org/0", "rediss://redis.example.org/0"),
        ("unix:///run/redis.sock", "redis+socket:///run/redis.sock"),
        ("unix:///run/redis.sock?db=2", "redis+socket:///run/redis.sock?virtual_host=2"),
    ],
)
def test_the_broker_is_the_same_redis(url: str, broker: str) -> None:
    assert broker_url(url) == broker


def test_commands_beside_a_demo_find_its_redis(tmp_path: Path) -> None:
    assert redis_url_of(tmp_path) == DEFAULT
    (tmp_path / "redis-url").write_text("unix:///tmp/postil-x/redis.sock?db=0\n")
    assert redis_url_of(tmp_path) == "unix:///tmp/postil-x/redis.sock?db=0"
