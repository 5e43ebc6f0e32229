"""One Redis address in the two dialects its clients speak."""

from __future__ import annotations

from pathlib import Path

SCHEMES = ("redis", "rediss", "unix")
DEFAULT = "redis://127.0.0.1:6379/0"
FILE = "redis-url"


def redis_url_of(folder: Path) -> str:
    """The Redis that a running demo keeps for this data folder, else the usual local one."""
    try:
        return (folder / FILE).read_text(encoding="utf-8").strip() or DEFAULT
    except FileNotFoundError:
        return DEFAULT


def broker_url(redis_url: str) -> str:
    """Celery says `redis+socket:` where redis-py says `unix:`, and both want the database as a parameter there."""
    if not redis_url.startswith("unix:"):
        return redis_url
    return "redis+socket:" + redis_url.removeprefix("unix:").replace("?db=", "?virtual_host=")
