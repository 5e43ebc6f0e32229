"""An address is read once and strictly; whatever could be read in two ways is refused before anybody is asked."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.reading.errors import UnreadableSource
from course.reading.fetching import Address, address_of

REFUSED = {
    "address": [
        "",
        "nothing",
        "https://",
        "https:///path",
        "https://.",
        "https://a..b/",
        "https://-a.example/",
        "https://exa mple.org/",
        "https://example.org/a b",
        "https://example.org/\r\nHost: localhost",
        "https://example.org\\@127.0.0.1/",
        "https://me@example.org/",
        "https://me:secret@example.org/",
        "https://example.org@127.0.0.1/",
        "https://127.0.0.1%2f.example.org/",
        "https://%31%32%37.0.0.1/",
        "https://[::1/",
        "https://example.org:port/",
        "https://example.org:99999/",
        f"https://{'a' * 64}.org/",
        f"https://example.org/{'a' * 1_000}",
        f"https://example.org/{'я' * 400}",
        # One address of this machine, as resolvers read it: decimal, octal, hexadecimal, shortened, with zeros.
        "http://2130706433/",
        "http://0177.0.0.1/",
        "http://0x7f.0.0.1/",
        "http://0x7f000001/",
        "http://127.1/",
        "http://127.0.1/",
        "http://127.0.0.01/",
        "http://127.000.000.001/",
        "http://1.2.3.4.5/",
        "http://256.1.1.1/",
        "http://example.0x1/",
        # The same of a public one: nobody writes an honest address so.
        "http://1572395534/",
    ],
    "address_scheme": [
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org:70/",
        "data:text/plain,hello",
        "javascript:alert(1)",
        "dict://example.org:11211/",
        "//example.org/",
    ],
    "address_port": [
        "https://example.org:22/",
        "http://example.org:6379/",
        "http://example.org:8080/",
        "http://example.org:0/",
    ],
    "address_private": [
        "http://localhost/",
        "http://LOCALHOST./",
        "http://redis/",
        "http://127.0.0.1/",
        "http://127.0.0.1./",
        "http://0.0.0.0/",
        "http://10.1.2.3/",
        "http://169.254.169.254/latest/meta-data/",
        "http://192.168.0.1/",
        "http://[::1]/",
        "http://[::]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[0:0:0:0:0:ffff:a00:1]/",
        "http://[fd00:ec2::254]/",
        "http://[fe80::1]/",
        "https://[fe80::1%25eth0]/",
        "https://[::1%eth0]/",
        # Digits of other scripts, dots of other scripts, and circled ones become what they look like.
        "http://①②⑦.⓪.⓪.①/",
        "http://127。0。0。1/",
        "http://１２７.0.0.1/",
    ],
}


@pytest.mark.parametrize(
    ("code", "text"), [pytest.param(code, text, id=text[:40]) for code, texts in REFUSED.items() for text in texts]
)
def test_an_address_is_refused_by_its_form(code: str, text: str) -> None:
    with pytest.raises(UnreadableSource) as refused:
        address_of(text.replace("\\r", "\r"))
    # Nothing that has no scheme is an address either.
    assert refused.value.code == ("address_scheme" if text in ("", "nothing") else code)
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("https://example.org", "https://example.org/"),
        ("HTTPS://Example.ORG./A?b=c#part", "https://example.org/A?b=c"),
        ("http://example.org:80/a", "http://example.org/a"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("http://example.org:443/a", "http://example.org:443/a"),
        ("https://bücher.example/größe?q=ä", "https://xn--bcher-kva.example/gr%C3%B6%C3%9Fe?q=%C3%A4"),
        ("https://example.org/a%20b?c=d%26e", "https://example.org/a%20b?c=d%26e"),
        ("http://93.184.215.14/", "http://93.184.215.14/"),
        ("https://[2606:2800:21F::1]/a", "https://[2606:2800:21f::1]/a"),
        ("https://a_b.example.org/?", "https://a_b.example.org/"),
    ],
)
def test_an_address_has_one_form(typed: str, read: str) -> None:
    assert str(address_of(typed)) == read


@pytest.mark.parametrize(
    ("location", "read"),
    [
        ("/b", "https://example.org/b"),
        ("b?c", "https://example.org/a/b?c"),
        ("//other.example/b", "https://other.example/b"),
        ("http://other.example/", "http://other.example/"),
    ],
)
def test_a_redirect_is_read_from_where_it_stands(location: str, read: str) -> None:
    assert str(address_of("https://example.org/a/").onward(location)) == read


@pytest.mark.parametrize("location", ["http://127.0.0.1/", "//localhost/", "file:///etc/passwd", "http://[::1", "\x00"])
def test_a_redirect_is_held_to_the_same_rules(location: str) -> None:
    with pytest.raises(UnreadableSource):
        address_of("https://example.org/").onward(location)


@given(st.text(max_size=60), st.sampled_from(["https://", "http://", "https://example.org/", ""]))
def test_whatever_is_typed_is_refused_or_read_the_same_twice(text: str, before: str) -> None:
    with suppress(UnreadableSource):
        read = address_of(before + text)
        assert address_of(str(read)) == read
        assert str(read).isascii()
        assert not set(str(read)) & set(" \t\r\n\\")
        assert urlsplit(str(read)).hostname == read.host
        assert isinstance(read, Address)
