"""Character sets that others name, in a page's head or a server's answer, and which of the names are believed."""

from __future__ import annotations

import re

# Python also has codecs that are no character set of a page, and one of them, punycode, takes minutes for a page.
_KNOWN = re.compile(
    r"utf-?(8|16(-?[bl]e)?)|(us-)?ascii|latin-?1|iso-?8859-\d{1,2}|(windows-|cp)\d{3,4}|koi8-[ru]"
    r"|gb(k|2312|18030)|big5|euc-(jp|kr)|shift[-_]jis|iso-2022-jp|tis-620",
    re.IGNORECASE,
)
# Browsers read these names as the larger sets that pages are really written in (WHATWG Encoding Standard, 4.2).
_LARGER = {
    **dict.fromkeys(("ascii", "usascii", "latin1", "iso88591"), "cp1252"),
    "iso88599": "cp1254",
    **dict.fromkeys(("tis620", "iso885911"), "cp874"),
    **dict.fromkeys(("gb2312", "gbk"), "gb18030"),
    "shiftjis": "cp932",
    "euckr": "cp949",
}


def text_in(charset: str, content: bytes) -> str | None:
    """The text in the named character set; None when nothing on the web goes by this name, or the bytes disagree.

    Letters that make sense as UTF-8 are UTF-8, whatever is said of them: in another set hardly any text does.
    """
    if not _KNOWN.fullmatch(charset):
        return None
    if not content.isascii() and b"\0" not in content:
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            pass
    try:
        return content.decode(_LARGER.get(re.sub(r"[-_]", "", charset.lower()), charset))
    except (LookupError, UnicodeDecodeError):
        return None
