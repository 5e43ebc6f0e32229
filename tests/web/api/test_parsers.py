"""Only JSON of bounded size and depth is read; everything else is refused in words."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import ParseError

from web.api.parsers import BodyTooLarge, BoundedJSONParser

LARGEST = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
words = st.text('aé\u2028\n"\\/ 😀', max_size=5)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)


def parsed(body: bytes) -> Any:
    return BoundedJSONParser().parse(BytesIO(body))


@given(values)
def test_any_json_is_read_as_what_it_says(value: Any) -> None:
    assert parsed(json.dumps(value).encode()) == value


@pytest.mark.parametrize("body", [b"0\xc2", b'"a"\xe2\x82', b"\xff", b'"\xed\xa0\x80"'])
def test_a_character_cut_off_or_impossible_is_refused(body: bytes) -> None:
    with pytest.raises(ParseError):
        parsed(body)


def _refused(constant: str) -> None:
    raise ValueError(constant)


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    try:
        expected = json.loads(body.decode(), parse_constant=_refused)
    except ValueError:
        with pytest.raises(ParseError):
            parsed(body)
    else:
        assert parsed(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"{",
        b"{]",
        b"{'a': 1}",
        b"{a: 1}",
        b'{"a": 1,}',
        b'{"a": undefined}',
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": -Infinity}',
        b'{"a": 01}',
        b'{"a": +1}',
        b'{"a": .5}',
        b'{"a": 0x10}',
        b'{"a": "b\nc"}',
        b'{"a": "\\x41"}',
        b'{"a": 1} {"b": 2}',
        b"<answer/>",
        b"answer=k7&sequence=0",
        b"\xff\xfe{\x00}\x00",
        b'{"a": "\xe4"}',
        b"// note\n{}",
    ],
)
def test_what_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(ParseError, match=r"JSON parse error|not written in UTF-8"):
        parsed(body)


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":'])
def test_json_nested_without_end_is_refused_and_breaks_nothing(opening: str) -> None:
    with pytest.raises(ParseError):
        parsed(opening.encode() * 100_000)


def test_complete_json_that_is_nested_too_deep_is_told_as_such() -> None:
    with pytest.raises(ParseError, match="This JSON is nested too deep"):
        parsed(b"[" * 200_000 + b"]" * 200_000)


@pytest.mark.parametrize("surplus", [1, 2, 1_000_000])
def test_a_body_over_the_limit_is_too_large_whatever_is_in_it(surplus: int) -> None:
    with pytest.raises(BodyTooLarge) as refused:
        parsed(b" " * (LARGEST + surplus))
    assert (refused.value.status_code, refused.value.get_codes()) == (413, "too_large")


def test_a_body_at_the_limit_is_read() -> None:
    assert parsed(b"[1]".ljust(LARGEST)) == [1]


class Endless:
    """A stream that never ends, and remembers how much was asked of it."""

    def __init__(self) -> None:
        self.asked = 0

    def read(self, size: int = -1) -> bytes:
        assert size >= 0
        self.asked += size
        return b" " * size


def test_no_more_of_a_stream_is_read_than_the_limit_and_one_byte() -> None:
    stream: Any = Endless()
    with pytest.raises(BodyTooLarge):
        BoundedJSONParser().parse(stream)
    assert stream.asked == LARGEST + 1


@pytest.mark.parametrize("body", ['{"a": 1, "a": 2}', '[{"b": {"a": 1, "b": 2, "a": null}}]'])
def test_a_name_given_twice_is_refused_by_its_name(body: str) -> None:
    with pytest.raises(ParseError) as refusal:
        parsed(body.encode())
    assert str(refusal.value) == "This JSON names “a” twice in one object. Name it once."


def test_a_name_that_cannot_be_written_is_told_all_the_same() -> None:
    with pytest.raises(ParseError, match=r"names “\?” twice"):
        parsed(b'{"\\ud800": 1, "\\ud800": 2}')


def test_a_byte_order_mark_before_json_is_no_part_of_it() -> None:
    assert parsed(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


def test_a_number_of_too_many_digits_is_told_in_our_words() -> None:
    with pytest.raises(ParseError) as refusal:
        parsed(b"9" * 5_000)
    assert str(refusal.value) == "This JSON holds a number of too many digits."
