"""What a server answered: whether it is an article at all, of which format, and its body within bounds."""

from __future__ import annotations

import codecs
import zlib
from http.client import HTTPResponse, IncompleteRead

from course.reading.charsets import text_in
from course.reading.errors import UnreadableSource

MOST_BYTES = 10_000_000
"""The largest body that is taken, as it is sent and unpacked."""

REDIRECTS = frozenset({301, 302, 303, 307, 308})

# By media type, the ending that course.reading.formats knows the format by.
_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".xhtml",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_CHUNK = 65_536
_GZIP = 31


def check_status(status: int) -> None:
    """Nothing happens when the page was given. Raises UnreadableSource `not_found`, `unavailable` or `refused`."""
    if status == 200:
        return
    if status in (404, 410):
        message = f"There is no page at this address (the server says {status}); look whether it is complete."
        raise UnreadableSource("not_found", message)
    if status == 429 or status >= 500:
        message = f"The server cannot answer at the moment ({status}); try again later, or paste the text."
        raise UnreadableSource("unavailable", message)
    message = (
        f"The server does not give this page to Postil ({status}), perhaps because one has to sign in there; "
        "open it in your browser and paste its text."
    )
    raise UnreadableSource("refused", message)


def file_name(answer: HTTPResponse) -> str:
    """A name whose ending says the format. Raises UnreadableSource `not_an_article` for what is neither text nor PDF.

    Answers that do not say what they are have no format: guessing would read one thing as another.
    """
    said = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if said not in _ENDINGS:
        what = said[:80] or "nothing that it names"
        message = f"This address is not an article but {what}; give that of a web page, text, PDF or Word file."
        raise UnreadableSource("not_an_article", message)
    return f"article{_ENDINGS[said]}"


def body(answer: HTTPResponse) -> bytes:
    """The whole body, unpacked, in UTF-8 where the answer names another character set for a text.

    Raises UnreadableSource `too_large` and `not_an_article`, IncompleteRead when it broke off, zlib.error.
    """
    if (answer.length or 0) > MOST_BYTES:
        raise _too_large()
    content = _unpacked(answer) if _is_packed(answer) else _plain(answer)
    charset = answer.headers.get_content_charset()
    text = text_in(charset, content) if charset and answer.headers.get_content_maintype() == "text" else None
    return content if text is None else codecs.BOM_UTF8 + text.removeprefix("\ufeff").encode()


def _is_packed(answer: HTTPResponse) -> bool:
    coding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip", ""):
        message = "The server packs this page in a way that was not asked for; open it in your browser and paste it."
        raise UnreadableSource("not_an_article", message)
    return coding.endswith("gzip")


def _plain(answer: HTTPResponse) -> bytes:
    content = answer.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise _too_large()
    _check_end(answer, content)
    return content


def _unpacked(answer: HTTPResponse) -> bytes:
    unpacker, content, taken = zlib.decompressobj(_GZIP), bytearray(), 0
    while chunk := answer.read(_CHUNK):
        taken += len(chunk)
        content += unpacker.decompress(chunk, MOST_BYTES + 1 - len(content))
        if max(len(content), taken) > MOST_BYTES:
            raise _too_large()
    if not unpacker.eof:
        raise IncompleteRead(bytes(content))
    _check_end(answer, content)
    return bytes(content)


def _check_end(answer: HTTPResponse, content: bytes | bytearray) -> None:
    # http.client only says so of itself where a body is read as a whole.
    if answer.length:
        raise IncompleteRead(bytes(content), answer.length)


def _too_large() -> UnreadableSource:
    most = MOST_BYTES // 1_000_000
    return UnreadableSource("too_large", f"This page has more than {most} MB; save its article and choose the file.")
