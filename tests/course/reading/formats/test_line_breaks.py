"""Where a line break ends a paragraph, and where it does not."""

from __future__ import annotations

import pytest
from lxml import etree
from lxml import html as lxml_html

from course.reading.formats.line_breaks import laid_out

LONG = "The harbour had one crane, and no one in the whole town could say what it was worth."


def markup(body: str) -> str:
    tree = laid_out(lxml_html.fragment_fromstring(body, create_parent="body"))
    whole: str = etree.tostring(tree, encoding="unicode", method="html")
    return whole.removeprefix("<body>").removesuffix("</body>")


@pytest.mark.parametrize(
    ("body", "after"),
    [
        ("<div>a<br><br>b</div>", "<div><p>a</p><p>b</p></div>"),
        ("<p>a <b>c</b> d<br>\n<br>b</p>", "<div><p>a <b>c</b> d</p><p>\n</p><p>b</p></div>".replace("<p>\n</p>", "")),
        (f"<p>{LONG}<br>{LONG}</p>", f"<div><p>{LONG}</p><p>{LONG}</p></div>"),
        (f"<p>{LONG}<br>short</p>", f"<p>{LONG}<br>short</p>"),
        ("<p>a<br>b</p>tail", "<p>a<br>b</p>tail"),
        ("<pre>a<br><br>b</pre>", "<pre>a<br><br>b</pre>"),
        ("<div>a<br><br><ul><li>x</li></ul>b</div>", "<div><p>a</p><ul><li>x</li></ul><p>b</p></div>"),
        ("<details><summary>a</summary>b</details>", "<div><p>a</p>b</div>"),
        ("<p>a<br><img src='x'><br>b</p>", '<p>a<br><img src="x"><br>b</p>'),
    ],
)
def test_a_paragraph_ends_at_two_breaks_or_below_a_long_sentence(body: str, after: str) -> None:
    assert markup(body) == after
