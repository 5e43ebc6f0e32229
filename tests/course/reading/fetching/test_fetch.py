"""Fetching from a real server: what comes back, what is refused, and that nobody inside is ever called."""

from __future__ import annotations

import gzip
import itertools
import resource
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from course.reading.errors import UnreadableSource
from course.reading.fetching import INTERNET, MOST_BYTES, fetch
from course.reading.fetching.fetch import MOST_HOPS
from tests.course.reading.fetching.server import PUBLIC, Said, Server, answer, onward

PAGE = b"<p>For thirty years the council has kept a silver leash on its harbour.</p>"


def code_of(server: Server, address: str = "http://example.org/a", seconds: float = 5) -> str:
    """The code with which fetching ends; the wire leads to the server."""
    with server, pytest.raises(UnreadableSource) as refused:
        fetch(address, wire=server.wire(), seconds=seconds)
    assert refused.value.message.endswith(".")
    return refused.value.code


@pytest.mark.parametrize(
    ("content_type", "name"),
    [
        ("text/html", "article.html"),
        ("TEXT/HTML; charset=utf-8", "article.html"),
        ("application/xhtml+xml", "article.xhtml"),
        ("text/plain", "article.txt"),
        ("text/markdown; variant=GFM", "article.md"),
        ("application/pdf", "article.pdf"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "article.docx"),
    ],
)
def test_a_page_is_named_by_what_the_server_says_it_is(content_type: str, name: str) -> None:
    with Server({"/a?b=1": answer(PAGE, content_type=content_type)}) as server:
        fetched = fetch("http://Example.org/a?b=1#c", wire=server.wire())
    assert (fetched.address, fetched.name) == ("http://example.org/a?b=1", name)
    assert fetched.content.removeprefix(b"\xef\xbb\xbf") == PAGE


def test_a_request_says_who_asks_and_nothing_about_us() -> None:
    with Server({"/a": answer(PAGE)}) as server:
        fetch("http://example.org:443/a", wire=server.wire())
    (head,) = server.heads
    names = [line.partition(":")[0] for line in head.split("\r\n")[1:] if line]
    assert head.startswith("GET /a HTTP/1.1\r\nHost: example.org:443\r\n")
    assert sorted(names) == ["Accept", "Accept-Encoding", "Connection", "Host", "User-Agent"]
    assert server.called == [(PUBLIC, 443)]


@pytest.mark.parametrize("packed", ["gzip", "x-gzip", "GZIP"])
def test_a_packed_page_is_unpacked(packed: str) -> None:
    with Server({"/a": answer(gzip.compress(PAGE), content_type="text/plain", content_encoding=packed)}) as server:
        assert fetch("http://example.org/a", wire=server.wire()).content == PAGE


@pytest.mark.parametrize(
    ("charset", "sent", "kept"),
    [
        ("iso-8859-2", "Dzień dobry".encode("iso-8859-2"), "Dzień dobry"),
        ("utf-8", "\ufeffGrüße".encode(), "Grüße"),
        ("shift_jis", "港".encode("shift_jis"), "港"),
    ],
)
def test_the_character_set_that_the_server_names_is_believed(charset: str, sent: bytes, kept: str) -> None:
    with Server({"/a": answer(sent, content_type=f"text/plain; charset={charset}")}) as server:
        assert fetch("http://example.org/a", wire=server.wire()).content == kept.encode("utf-8-sig")


@pytest.mark.parametrize("charset", ["punycode", "nothing", "utf-16-le-and-more", "unicode_escape", "zip"])
def test_a_character_set_that_is_none_is_left_to_the_format(charset: str) -> None:
    with Server({"/a": answer(PAGE, content_type=f"text/html; charset={charset}")}) as server:
        assert fetch("http://example.org/a", wire=server.wire()).content == PAGE


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("204 No Content", "refused"),
        ("301 Moved Permanently", "refused"),
        ("304 Not Modified", "refused"),
        ("401 Unauthorized", "refused"),
        ("403 Forbidden", "refused"),
        ("404 Not Found", "not_found"),
        ("410 Gone", "not_found"),
        ("429 Too Many Requests", "unavailable"),
        ("500 Internal Server Error", "unavailable"),
        ("503 Service Unavailable", "unavailable"),
    ],
)
def test_a_page_that_is_not_given_is_told(status: str, code: str) -> None:
    assert code_of(Server({"/a": answer(PAGE, status=status)})) == code


@pytest.mark.parametrize(
    "content_type", ["", "image/png", "application/json", "application/octet-stream", "text/css", "nonsense", "a" * 900]
)
def test_what_is_no_article_is_told(content_type: str) -> None:
    assert code_of(Server({"/a": answer(PAGE, content_type=content_type)})) == "not_an_article"


# Redirects


def test_a_redirect_is_followed_and_its_end_is_the_address() -> None:
    pages = {"/a": onward("/b"), "/b": onward("http://other.example/c"), "/c": answer(PAGE)}
    with Server(pages) as server:
        fetched = fetch("http://example.org/a", wire=server.wire())
    assert fetched.address == "http://other.example/c"
    assert server.looked_up == ["example.org", "example.org", "other.example"]


def test_five_redirects_are_followed_and_a_sixth_is_not() -> None:
    pages: dict[str, Said] = {f"/{number}": onward(f"/{number + 1}") for number in range(MOST_HOPS)}
    with Server({**pages, f"/{MOST_HOPS}": answer(PAGE)}) as server:
        assert fetch("http://example.org/0", wire=server.wire()).address == "http://example.org/5"
    assert code_of(Server({"/a": onward("/a")})) == "redirects"


@pytest.mark.promise(37)
@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("http://127.0.0.1/", "address_private"),
        ("http://169.254.169.254/latest/meta-data/", "address_private"),
        ("http://[::ffff:127.0.0.1]/", "address_private"),
        ("http://inside.example/", "address_private"),
        ("http://2130706433/", "address"),
        ("http://me:secret@example.org/", "address"),
        ("http://example.org:6379/", "address_port"),
        ("file:///etc/passwd", "address_scheme"),
        ("gopher://example.org/", "address_scheme"),
    ],
)
def test_a_redirect_inside_is_refused_and_nobody_there_is_called(location: str, code: str) -> None:
    server = Server({"/a": onward(location), "/": answer(PAGE)}, names={"inside.example": ["10.0.0.1"]})
    assert code_of(server) == code
    assert server.called == [(PUBLIC, 80)]


# Names and where they lead


@pytest.mark.promise(37)
@pytest.mark.parametrize(
    "found",
    [
        ["127.0.0.1"],
        ["10.0.0.1"],
        ["169.254.169.254"],
        ["::1"],
        ["::ffff:127.0.0.1"],
        ["fe80::1%eth0"],
        [PUBLIC, "127.0.0.1"],
        ["fd00::1", PUBLIC],
        [],
    ],
)
def test_a_name_that_leads_inside_is_refused_and_nobody_is_called(found: list[str]) -> None:
    server = Server({"/a": answer(PAGE)}, names={"example.org": found})
    assert code_of(server) == "address_private"
    assert server.called == []


@pytest.mark.promise(37)
def test_a_name_is_looked_up_once_and_the_connection_goes_to_what_was_found() -> None:
    """The name leads inside from the second lookup on, as a server of names does that rebinds one."""
    found: Iterator[list[str]] = itertools.chain([[PUBLIC]], itertools.repeat(["127.0.0.1"]))
    with Server({"/a": answer(PAGE)}) as server:
        wire = server.wire()
        rebound = type(wire)(lookup=lambda host, port: next(found), call=wire.call)
        assert fetch("http://example.org/a", wire=rebound).content.endswith(PAGE)
        assert server.called == [(PUBLIC, 80)]
        with pytest.raises(UnreadableSource, match="not on the public Internet"):
            fetch("http://example.org/a", wire=rebound)
        assert server.called == [(PUBLIC, 80)]


def test_a_redirect_to_the_same_name_is_looked_up_anew() -> None:
    found: Iterator[list[str]] = iter([[PUBLIC], ["10.0.0.1"]])
    with Server({"/a": onward("/b"), "/b": answer(PAGE)}) as server:
        wire = server.wire()
        rebound = type(wire)(lookup=lambda host, port: next(found), call=wire.call)
        with pytest.raises(UnreadableSource, match="not on the public Internet"):
            fetch("http://example.org/a", wire=rebound)
    assert server.called == [(PUBLIC, 80)]


def test_the_next_address_of_a_name_is_called_when_one_does_not_answer() -> None:
    with Server({"/a": answer(PAGE)}, names={"example.org": ["93.184.215.13", PUBLIC]}) as server:
        wire = server.wire()

        def call(ip: str, port: int, timeout: float) -> socket.socket:
            if ip != PUBLIC:
                raise ConnectionRefusedError
            return wire.call(ip, port, timeout)

        assert fetch("http://example.org/a", wire=type(wire)(lookup=wire.lookup, call=call)).address


def test_the_internet_calls_the_address_that_was_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The wire that is used outside of tests, with the system's calls leading to a server beside it."""
    with Server({"/a": answer(PAGE)}) as server:
        found = (socket.AF_INET, socket.SOCK_STREAM, 6, "", (PUBLIC, 80))
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [found, found])
        asked: list[tuple[str, int]] = []

        def call(address: tuple[str, int], timeout: float) -> socket.socket:
            asked.append(address)
            opened = socket.socket()
            opened.connect(server._listening.getsockname())
            return opened

        monkeypatch.setattr(socket, "create_connection", call)
        assert fetch("http://example.org/a").content.endswith(PAGE)
        assert asked == [(PUBLIC, 80)]


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    with Server({"/a": answer(PAGE)}) as server:
        assert fetch("http://example.org/a", wire=server.wire()).content.endswith(PAGE)


def test_a_name_that_nothing_goes_by_is_told() -> None:
    def nothing(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.raises(UnreadableSource, match="Nothing goes by the name"):
        fetch("http://example.org/", wire=type(INTERNET)(lookup=nothing))


# Size and time

ENDLESS = itertools.repeat(b"a" * 100_000)


def chunked(body: bytes) -> bytes:
    return f"{len(body):x}\r\n".encode() + body + b"\r\n"


@pytest.mark.promise(37)
@pytest.mark.parametrize(
    "said",
    [
        pytest.param(lambda: answer(b"", content_length=str(MOST_BYTES + 1)), id="announced"),
        pytest.param(lambda: itertools.chain([answer(content_length="")], ENDLESS), id="without an end"),
        pytest.param(
            lambda: itertools.chain(
                [answer(content_length="", transfer_encoding="chunked")], itertools.repeat(chunked(b"a" * 100_000))
            ),
            id="in chunks without an end",
        ),
        pytest.param(
            lambda: answer(gzip.compress(b"a" * 500_000_000, 9), content_encoding="gzip"), id="500 MB packed into half"
        ),
        pytest.param(
            lambda: itertools.chain([answer(content_length="", content_encoding="gzip"), gzip.compress(PAGE)], ENDLESS),
            id="packed, then without an end",
        ),
    ],
)
def test_what_is_too_large_is_left_early_and_in_little_memory(said: Callable[[], Said]) -> None:
    server = Server({"/a": said()})
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    assert code_of(server, seconds=30) == "too_large"
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1_024
    assert grown < 100
    assert time.monotonic() - began < 10


def test_a_page_of_exactly_the_limit_is_taken() -> None:
    with Server({"/a": answer(b"a" * MOST_BYTES, content_type="text/plain")}) as server:
        assert len(fetch("http://example.org/a", wire=server.wire()).content) == MOST_BYTES


def dripping(*pieces: bytes) -> Iterator[bytes]:
    """A byte now and then, each well before a time limit of its own would end."""
    yield from pieces
    while True:
        time.sleep(0.02)
        yield b"a"


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(dripping, id="instead of an answer"),
        pytest.param(lambda: dripping(b"HTTP/1.1 200 OK\r\nA: "), id="in the head"),
        pytest.param(lambda: dripping(answer(content_length="100000")), id="in the body"),
        pytest.param(lambda: itertools.chain([b"HTTP/1.1 100 Continue\r\n\r\n"] * 5, dripping()), id="after 100s"),
    ],
)
def test_a_server_that_drips_is_left_when_the_time_is_over(said: Callable[[], Said]) -> None:
    began = time.monotonic()
    assert code_of(Server({"/a": said()}), seconds=0.3) == "slow"
    assert time.monotonic() - began < 3


def test_the_time_is_one_for_all_redirects() -> None:
    def later() -> Iterator[bytes]:
        time.sleep(0.15)
        yield onward("/b")

    assert code_of(Server({"/a": later(), "/b": later()}), seconds=0.25) == "slow"


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"SSH-2.0-OpenSSH_9.2\r\n", id="another protocol"),
        pytest.param(answer(PAGE, content_length="5000"), id="half a body"),
        pytest.param(answer(gzip.compress(PAGE)[:-12], content_encoding="gzip"), id="half a packed body"),
        pytest.param(answer(PAGE, content_encoding="gzip"), id="packed as nothing"),
        pytest.param(
            answer(content_length="", transfer_encoding="chunked") + b"5\r\nabcde\r\n", id="chunks without an end"
        ),
        pytest.param(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 500 + b"\r\n", id="too many headers"),
        pytest.param(b"HTTP/1.1 200 OK\r\nA: " + b"b" * 100_000 + b"\r\n\r\n", id="too long a header"),
    ],
)
def test_what_breaks_off_or_is_no_http_is_told(said: bytes) -> None:
    assert code_of(Server({"/a": said})) == "unreachable"


@pytest.mark.parametrize("coding", ["br", "deflate", "zstd", "gzip, gzip"])
def test_a_coding_that_was_not_asked_for_is_refused(coding: str) -> None:
    assert code_of(Server({"/a": answer(PAGE, content_encoding=coding)})) == "not_an_article"


# Encrypted


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for example.org that signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "example.org")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("example.org")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("certificate") / "both.pem"
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(key.private_bytes(*form) + made.public_bytes(serialization.Encoding.PEM))
    return file


def encrypted(pages: dict[str, Said], certificate: Path) -> Server:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return Server(pages, context=context, trusted=ssl.create_default_context(cafile=certificate))


def test_an_encrypted_page_is_fetched_from_who_proves_its_name(certificate: Path) -> None:
    with encrypted({"/a": answer(PAGE)}, certificate) as server:
        fetched = fetch("https://example.org/a", wire=server.wire())
    assert (fetched.address, server.called) == ("https://example.org/a", [(PUBLIC, 443)])
    assert "Host: example.org\r\n" in server.heads[0]


def test_who_proves_another_name_is_refused(certificate: Path) -> None:
    assert code_of(encrypted({"/a": answer(PAGE)}, certificate), "https://other.example/a") == "certificate"


def test_who_is_trusted_by_nobody_is_refused(certificate: Path) -> None:
    server = encrypted({"/a": answer(PAGE)}, certificate)
    server.trusted = None
    assert code_of(server, "https://example.org/a") == "certificate"


def test_who_does_not_encrypt_is_not_spoken_to() -> None:
    server = Server({"/a": answer(PAGE)})
    assert code_of(server, "https://example.org/a", seconds=0.5) == "slow"
    assert not [head for head in server.heads if "GET" in head]
