from __future__ import annotations

import pytest
from celery import Celery

from config.broker import encryption, is_rabbitmq, name_of, queue_type, transport_options


@pytest.mark.parametrize(
    ("url", "is_rabbit", "name", "queue"),
    [
        ("redis://:secret@redis.example.org:6379/1", False, "Redis", "classic"),
        ("rediss://redis.example.org/0", False, "Redis", "classic"),
        ("unix:///run/amqp.sock?db=2", False, "Redis", "classic"),
        ("amqp://postil:secret@rabbit.example.org/postil", True, "RabbitMQ", "quorum"),
        ("amqps://postil:secret@rabbit.example.org:5671/postil", True, "RabbitMQ", "quorum"),
    ],
)
def test_a_broker_is_known_by_its_address(url: str, *, is_rabbit: bool, name: str, queue: str) -> None:
    assert (is_rabbitmq(url), name_of(url), queue_type(url)) == (is_rabbit, name, queue)


def test_a_worker_waits_for_neither_broker_for_ever() -> None:
    assert transport_options("redis://redis/0")["socket_connect_timeout"] == 0.5
    assert transport_options("amqp://rabbit/postil") == {"read_timeout": 10.0, "write_timeout": 10.0}


@pytest.mark.parametrize("url", ["redis://redis/0", "rediss://redis/0", "amqp://rabbit/postil"])
def test_nothing_is_asked_of_a_broker_that_does_not_encrypt_or_is_asked_by_its_client(url: str) -> None:
    assert encryption(url) == {}


def test_an_encrypted_rabbitmq_has_to_prove_that_it_has_the_name_in_its_address() -> None:
    url = "amqps://postil:secret@rabbit.example.org/postil"
    connection = Celery(broker=url, broker_use_ssl=encryption(url), set_as_current=False).connection_for_write()
    assert connection.ssl == {"context": {"check_hostname": True}, "server_hostname": None}
