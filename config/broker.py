"""What carries the messages that wake workers: a Redis, or a RabbitMQ with quorum queues."""

from __future__ import annotations

from typing import Any

from config import redis_url

ENCRYPTED = "amqps"
RABBITMQ_SCHEMES = ("amqp", ENCRYPTED)
SCHEMES = (*redis_url.SCHEMES, *RABBITMQ_SCHEMES)
SILENCE_SECONDS = 10.0
"""For how long a worker waits for an answer of RabbitMQ before it connects anew."""


def is_rabbitmq(url: str) -> bool:
    """Whether the address is that of a RabbitMQ; otherwise it is that of a Redis."""
    return url.partition(":")[0] in RABBITMQ_SCHEMES


def name_of(url: str) -> str:
    """What the broker at this address is called by those who run it."""
    return "RabbitMQ" if is_rabbitmq(url) else "Redis"


def queue_type(url: str) -> str:
    """Of which type the workers' queue is, in RabbitMQ's words; Redis knows one alone."""
    return "quorum" if is_rabbitmq(url) else "classic"


def transport_options(url: str) -> dict[str, Any]:
    """How patient workers are with their broker, in seconds."""
    if is_rabbitmq(url):
        return {"read_timeout": SILENCE_SECONDS, "write_timeout": SILENCE_SECONDS}
    return {
        "visibility_timeout": 600,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 0.5,
    }


def encryption(url: str) -> dict[str, Any]:
    """How a RabbitMQ has to prove who it is; nothing where it is not asked to, or where it is a Redis.

    By itself the client would encrypt and ask for no proof. None stands for the name in the address.
    """
    asked = {"context": {"check_hostname": True}, "server_hostname": None}
    return asked if url.partition(":")[0] == ENCRYPTED else {}
