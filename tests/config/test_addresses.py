"""Addresses of databases, mail servers, Redis and proxies, taken apart to the last detail."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from config.database import database_from_url, sqlite
from config.mail import mail_from_url
from config.proxies import FORWARDED, TrustedProxies, networks
from config.redis_url import DEFAULT, broker_url, redis_url_of

odd = st.text("ab:/?#[]@!$&'()*+,;=% é", min_size=1, max_size=8)
"""Signs that mean something in an address, so that they have to be written by their code there."""


@given(odd, odd, odd)
def test_a_user_a_password_and_a_name_of_any_signs_survive_the_address(user: str, password: str, name: str) -> None:
    url = f"postgres://{quote(user, safe='')}:{quote(password, safe='')}@db/{quote(name, safe='')}"
    found = database_from_url(url, pool_size=8)
    assert (found["USER"], found["PASSWORD"], found["NAME"]) == (user, password, name)


@given(odd)
def test_a_file_of_any_name_survives_the_address(name: str) -> None:
    assert database_from_url(f"sqlite:////srv/{quote(name, safe='')}", pool_size=8)["NAME"] == str(Path(f"/srv/{name}"))


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("postgres://db/x", "db", ""),
        ("postgres://db:6432/x", "db", "6432"),
        ("postgres://DB.Example.ORG/x", "db.example.org", ""),
        ("postgres://10.0.0.7:5432/x", "10.0.0.7", "5432"),
        ("postgres://[fd00::7]:5432/x", "fd00::7", "5432"),
        ("postgres:///x", "", ""),
        ("postgres:///x?host=/run/postgresql", "/run/postgresql", ""),
        ("postgres:///x?host=%2Frun%2Fpostgresql", "/run/postgresql", ""),
        ("postgres://db/x?host=other", "other", ""),
        ("postgresql://me@db/x", "db", ""),
    ],
)
def test_where_a_postgresql_listens(url: str, host: str, port: str) -> None:
    found = database_from_url(url, pool_size=8)
    assert (found["HOST"], found["PORT"]) == (host, port)


KEPT = {"server_side_binding": True, "prepare_threshold": 5}


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ("", KEPT),
        ("sslmode=require", KEPT | {"sslmode": "require"}),
        ("server_side_binding=off", {"server_side_binding": "off"}),
        ("connect_timeout=3&application_name=a%20b", KEPT | {"connect_timeout": "3", "application_name": "a b"}),
    ],
)
@pytest.mark.parametrize("pool_size", [1, 8, 200])
def test_options_of_a_postgresql_stand_in_the_query(query: str, options: dict[str, Any], pool_size: int) -> None:
    found = database_from_url(f"postgres://db/x?{query}", pool_size=pool_size)["OPTIONS"]
    assert found.pop("pool") == {"min_size": 1, "max_size": pool_size, "timeout": 10}
    silence = {name for name in found if name.startswith(("keepalives_", "tcp_"))}
    assert {name: value for name, value in found.items() if name not in {*silence, "options"}} == options
    assert len(silence) == 4


def test_each_sqlite_has_options_of_its_own() -> None:
    one, two = sqlite(Path("/a")), sqlite(Path("/b"))
    one["OPTIONS"]["timeout"] = 0
    assert two["OPTIONS"]["timeout"] == 20
    assert (two["ENGINE"], two["NAME"], two["CONN_MAX_AGE"]) == ("config.sqlite", "/b", None)


@given(odd, odd)
def test_a_user_and_a_password_of_any_signs_reach_the_mail_server(user: str, password: str) -> None:
    found = mail_from_url(f"smtp://{quote(user, safe='')}:{quote(password, safe='')}@mail.example.org")
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == (user, password)


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("smtp:", "localhost", 25),
        ("smtp://", "localhost", 25),
        ("smtp://mail", "mail", 25),
        ("smtp://mail:2525", "mail", 2525),
        ("smtp+tls://mail", "mail", 587),
        ("smtps://mail", "mail", 465),
        ("smtps://[fd00::7]:4650", "fd00::7", 4650),
    ],
)
def test_where_a_mail_server_listens(url: str, host: str, port: int) -> None:
    found = mail_from_url(url)
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_TIMEOUT"]) == (host, port, 10)


@pytest.mark.parametrize("url", ["console:", "memory:", "file:///var/mail"])
def test_mail_that_stays_here_names_no_server(url: str) -> None:
    assert not any(name.startswith("EMAIL_HOST") for name in mail_from_url(url))


def test_mail_is_kept_in_a_folder_of_any_name() -> None:
    assert mail_from_url("file:///var/my%20mail")["EMAIL_FILE_PATH"] == "/var/my mail"


@pytest.mark.parametrize(
    ("url", "broker"),
    [
        ("redis://h/0", "redis://h/0"),
        ("redis://h/0?db=2", "redis://h/0?db=2"),
        ("rediss://h", "rediss://h"),
        ("unix:///run/r.sock", "redis+socket:///run/r.sock"),
        ("unix:///run/r.sock?db=0", "redis+socket:///run/r.sock?virtual_host=0"),
        ("unix://:pw@/run/r.sock?db=15", "redis+socket://:pw@/run/r.sock?virtual_host=15"),
    ],
)
def test_celery_is_told_the_same_redis_in_its_own_words(url: str, broker: str) -> None:
    assert broker_url(url) == broker


@pytest.mark.parametrize(
    ("content", "url"),
    [("", DEFAULT), ("  \n", DEFAULT), ("redis://h/1\n", "redis://h/1"), (" unix:///s ", "unix:///s")],
)
def test_the_redis_of_a_running_demo_is_read_from_its_folder(tmp_path: Path, content: str, url: str) -> None:
    (tmp_path / "redis-url").write_text(content)
    assert redis_url_of(tmp_path) == url


@pytest.mark.parametrize(
    ("words", "inside", "outside"),
    [
        (["127.0.0.1"], "127.0.0.1", "127.0.0.2"),
        (["10.0.0.0/8"], "10.255.255.255", "11.0.0.0"),
        (["10.1.2.3/8"], "10.0.0.1", "11.0.0.1"),
        (["::1"], "::1", "::2"),
        (["fd00::/8"], "fdff::1", "fe80::1"),
        (["0.0.0.0/0"], "203.0.113.7", "::1"),
        (["192.0.2.7", "198.51.100.0/24"], "198.51.100.9", "192.0.2.8"),
    ],
)
def test_an_address_or_a_network_names_a_proxy(words: list[str], inside: str, outside: str) -> None:
    found = networks(words)
    assert any(ip_address(inside) in network for network in found)
    assert not any(ip_address(outside) in network for network in found)


@pytest.mark.parametrize("word", ["proxy", "10.0.0", "10.0.0.0/33", "::/129", "10.0.0.1-9", "127.0.0.1:80", "", "1"])
def test_a_word_that_is_neither_is_no_proxy(word: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        networks(["127.0.0.1", word])


def passed(settings: Settings, **headers: str) -> HttpRequest:
    settings.TRUSTED_PROXIES = ["127.0.0.1", "10.0.0.0/8", "fd00::/8"]
    request = RequestFactory().get("/")
    request.META.update(headers)
    TrustedProxies(lambda _request: HttpResponse())(request)
    return request


@pytest.mark.parametrize(
    ("forwarded", "client"),
    [
        ("203.0.113.7", "203.0.113.7"),
        (" 203.0.113.7 ", "203.0.113.7"),
        ("203.0.113.7,", "203.0.113.7"),
        (",203.0.113.7", "203.0.113.7"),
        ("203.0.113.7, 10.0.0.1", "203.0.113.7"),
        ("203.0.113.7, 10.0.0.1, 10.0.0.2", "203.0.113.7"),
        ("10.0.0.1, 203.0.113.7", "203.0.113.7"),
        ("198.51.100.9, 203.0.113.7", "203.0.113.7"),
        ("127.0.0.1, 203.0.113.7, 127.0.0.1", "203.0.113.7"),
        ("2001:db8::7", "2001:db8::7"),
        ("2001:db8::7, fd00::1", "2001:db8::7"),
        ("10.0.0.1, 10.0.0.2", "10.0.0.2"),
        ("", "10.9.9.9"),
        (" , ,", "10.9.9.9"),
    ],
)
def test_a_trusted_proxy_says_who_the_client_is(settings: Settings, forwarded: str, client: str) -> None:
    request = passed(settings, REMOTE_ADDR="10.9.9.9", HTTP_X_FORWARDED_FOR=forwarded)
    assert request.META["REMOTE_ADDR"] == client


@given(st.lists(st.ip_addresses(v=4).map(str), max_size=4))
def test_nothing_that_a_client_writes_in_front_makes_it_somebody_else(invented: list[str]) -> None:
    forwarded = ", ".join([*invented, "203.0.113.7"])
    request = RequestFactory().get("/", REMOTE_ADDR="10.9.9.9", HTTP_X_FORWARDED_FOR=forwarded)
    with override_settings(TRUSTED_PROXIES=["10.0.0.0/8"]):
        TrustedProxies(lambda _request: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == "203.0.113.7"


@pytest.mark.parametrize("remote", ["203.0.113.7", "11.0.0.1", "::1", "", "unix:", "10.0.0.1:80", "10.0.0.1, 10.0.0.2"])
def test_headers_of_anybody_else_are_dropped(settings: Settings, remote: str) -> None:
    request = passed(settings, REMOTE_ADDR=remote, **dict.fromkeys(FORWARDED, "127.0.0.1"))
    assert request.META["REMOTE_ADDR"] == remote
    assert [name for name in FORWARDED if name in request.META] == []


@pytest.mark.parametrize(("scheme", "is_secure"), [("https", True), ("http", False), ("", False), ("HTTPS", False)])
def test_the_scheme_is_the_one_a_trusted_proxy_names(settings: Settings, scheme: str, is_secure: bool) -> None:
    assert passed(settings, REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_PROTO=scheme).is_secure() is is_secure


def test_the_answer_is_given_on_as_it_is(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = []
    answer = HttpResponse("kept")
    assert TrustedProxies(lambda _request: answer)(RequestFactory().get("/")) is answer
