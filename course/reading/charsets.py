"""Character sets that others name, in a page's head or a server's answer, and which of the names are believed."""

from __future__ import annotations

import re

# Python also has codecs that are no character set of a page, and one of them, punycode, takes minutes for a page.
_KNOWN = re.compile(
    r"utf-?(8|16(-?[bl]e)?)|(us-)?ascii|latin-?1|iso-?8859-\d{1,2}|(windows-|cp)\d{3,4}|koi8-[ru]"
    r"|gb(k|2312|18030)|big5|euc-(jp|kr)|shift[-_]jis|iso-2022-jp|tis-620",
    re.IGNORECASE,
)


def text_in(charset: str, content: bytes) -> str | None:
    """The text in the named character set; None when nothing on the web goes by this name, or the bytes disagree."""
    if not _KNOWN.fullmatch(charset):
        return None
    try:
        return content.decode(charset)
    except (LookupError, UnicodeDecodeError):
        return None
