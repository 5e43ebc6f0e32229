"""From bytes or a paste to clean text: decoding, repaired characters, plain line ends, nothing invisible."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

import charset_normalizer
import ftfy

from course.reading.errors import UnreadableSource

MAX_CHARACTERS = 200_000

_FIXES = ftfy.TextFixerConfig(
    uncurl_quotes=False, fix_line_breaks=True, fix_character_width=False, normalization="NFC", explain=False
)
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\u0085\x0b\x0c]")
# Zero-width characters, soft hyphens and byte order marks break matching words and quotes; ZWJ and ZWNJ carry
# meaning in emoji and in several scripts and stay.
_INVISIBLE = re.compile(r"[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffc]")
_SPACES = re.compile(r"[\u1680\u2000-\u200a\u202f\u205f\u3000\u00a0]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_BLANK_LINES = re.compile(r"\n{4,}")
_BOMS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_MAX_BYTES_GUESSED = 40_000
# Of the upper bytes; above it are signs of which a text has hundreds, which only a byte order mark tells.
_LAST_SCRIPT, _FEWEST_WIDE = 0x20, 8
_UNREADABLE = "The characters of this file cannot be read; save it again with the encoding UTF-8 and try once more."
_ODD_ACCENTS = re.compile(r"[\u00c0-\u00ff]{3,}|[\u00c0-\u00de](?=[^\w\s’'.,-])|[\ufffd\u0080-\u009f¤¦¨¬¯¸¹¼-¾×÷]")


def decode(data: bytes) -> str:
    """The text of a file of unknown encoding: by its byte order mark, as UTF-8, as Western, else by a guess.

    Raises UnreadableSource `binary` when it is no text, `encoding` when it is damaged or readable in no encoding.
    """
    for bom, encoding in _BOMS.items():
        if data.startswith(bom):
            return _decoded(data, encoding)
    if wide := _wide_encoding(data[:_MAX_BYTES_GUESSED]):
        return _decoded(data, wide)
    if _is_binary(data):
        message = "This is not a text file; save the article as text, HTML, DOCX or PDF and try again."
        raise UnreadableSource("binary", message)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decoded_otherwise(data, error.start)


def _decoded(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableSource("encoding", _UNREADABLE) from error
    if text.count("\ufeff") > 1 or "\ufffe" in text:
        raise UnreadableSource("encoding", _UNREADABLE)
    return text


def _wide_encoding(sample: bytes) -> str:
    """UTF-16 that does not say so, else "": every other byte names a script, and a text is in one or two of them."""
    for encoding, scripts, rest in (
        ("utf-16-le", sample[1::2], sample[::2]),
        ("utf-16-be", sample[::2], sample[1::2]),
    ):
        common = [(script, count) for script, count in Counter(scripts).most_common(2) if script < _LAST_SCRIPT]
        is_covered = sum(count for _, count in common) >= 0.95 * len(scripts)
        if is_covered and 0 in scripts and 0 not in rest and len(rest) >= _FEWEST_WIDE:
            return "" if _CONTROLS.search(sample.decode(encoding, "ignore")) else encoding
    return ""


def _is_binary(data: bytes) -> bool:
    sample = data[:65_536]
    odd = sum(sample.count(bytes([code])) for code in (*range(9), *range(14, 27), *range(28, 32)))
    return b"\x00" in sample or odd * 50 > len(sample)


def _decoded_otherwise(data: bytes, broken_at: int) -> str:
    """The text of a file that is not valid UTF-8; one that plainly was UTF-8 before it broke is not misread."""
    damaged = data.decode("utf-8", errors="replace")
    if sum(character > "\x7f" for character in damaged) > 2 * damaged.count("\ufffd"):
        line = data.count(b"\n", 0, broken_at) + 1
        message = f"This UTF-8 file is damaged in line {line}; save it again as UTF-8, or paste its text."
        raise UnreadableSource("encoding", message)
    if sum(byte > 127 for byte in data) * 4 < len(data):
        return _western(data)
    best = charset_normalizer.from_bytes(data[:_MAX_BYTES_GUESSED]).best()
    if best is None or best.percent_coherence == 0:
        raise UnreadableSource("encoding", _UNREADABLE)
    return data.decode(best.encoding, errors="replace")


def _western(data: bytes) -> str:
    """The text in Windows-1252; accents belong in or beside words, else these are no letters but broken bytes."""
    text = data.decode("cp1252", errors="replace")
    accents = sum(character > "\x7f" for character in text)
    odd = sum(len(match.group()) for match in _ODD_ACCENTS.finditer(text))
    if odd * 10 > accents:
        raise UnreadableSource("encoding", _UNREADABLE)
    return text


def tidy(text: str) -> str:
    """Text with broken characters repaired, in NFC, with plain spaces and line feeds and nothing invisible in it.

    Idempotent. Curly quotation marks, dashes and emoji stay as they are.
    """
    text = _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))
    if not text.isascii():
        text = _SPACES.sub(" ", _INVISIBLE.sub("", ftfy.fix_text(text, _FIXES)))
        text = _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))
        # Last, since a letter may have been parted from its accent by what nobody sees.
        text = unicodedata.normalize("NFC", text)
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n\n", text).strip()


def check_length(text: str) -> str:
    """The same text; raises UnreadableSource `empty` or `too_long` when there is nothing or too much to read."""
    if not any(character.isalnum() for character in text):
        raise UnreadableSource(
            "empty", "There is no text in this source; choose a file that has text, or paste the article."
        )
    if len(text) > MAX_CHARACTERS:
        message = (
            f"This text has {len(text):,} characters and the limit is {MAX_CHARACTERS:,}; "
            "split it into several articles and add them one by one."
        )
        raise UnreadableSource("too_long", message)
    return text
