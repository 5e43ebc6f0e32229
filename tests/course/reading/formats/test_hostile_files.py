"""Files that are not what they say, broken off, swollen or odd: refused in one sentence, or read as far as they go."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.reading.errors import UnreadableSource
from course.reading.formats import read_file
from course.reading.formats.contents import check_contents, contents_of
from tests.course.reading.formats.files import archive, pdf_file, word_file

WORDS = "The heron waits in the reeds until the mill has stopped. "
TEXT_ENDINGS = (".txt", ".text", ".md", ".markdown", ".html", ".htm")
DAMAGED_WORD = "This Word file is damaged and cannot be opened; save it again as .docx, or paste its text."
DAMAGED_PDF = "This PDF file is damaged and cannot be opened; export it again, or paste its text."
NO_WORD = "This file's name ends in .docx, but it is not a Word document; choose the real file or paste the text."
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>&b;</w:body></w:document>'
)
WORD, PDF = word_file([("Title", "Herons"), ("Normal", WORDS)]), pdf_file([("Title", "Herons"), ("BodyText", WORDS)])


def refusal(name: str, data: bytes) -> tuple[str, str]:
    with pytest.raises(UnreadableSource) as refused:
        read_file(name, data)
    return refused.value.code, refused.value.message


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (b"%PDF-1.4", "a PDF file"),
        (b"junk before it\n%PDF-1.4", "a PDF file"),
        (b"x" * 1_020 + b"%PDF-", ""),
        (b"PK\x03\x04", "a Word or zip file"),
        (b"PK\x05\x06", "an empty zip file"),
        (b"\xd0\xcf\x11\xe0", "an old or protected Office file"),
        (b"{\\rtf1", "an RTF file"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"GIF89a", "a picture"),
        (b"\x1f\x8b\x08", "a compressed file"),
        (b"7z\xbc\xaf", "a compressed file"),
        (b"Rar!\x1a", "a compressed file"),
        (b"\x7fELF", "a program"),
        (b"\r\n \tGIF89a", "a picture"),
        (b"words GIF89a", ""),
        (b"", ""),
        (b"PK", ""),
    ],
    ids=range(18),
)
def test_each_sort_of_file_is_known_by_how_it_starts(start: bytes, words: str) -> None:
    assert contents_of(start) == words


@pytest.mark.parametrize("ending", TEXT_ENDINGS)
@pytest.mark.parametrize(("start", "words"), [(b"%PDF-1.4", "a PDF file"), (b"{\\rtf1 x}", "an RTF file")])
def test_what_is_no_text_gets_its_right_name(ending: str, start: bytes, words: str) -> None:
    with pytest.raises(UnreadableSource) as refused:
        check_contents(ending, start)
    assert (refused.value.code, refused.value.message) == (
        "wrong_contents",
        f"The name of this file ends in {ending}, but it is {words}; give it its right name or save it as text.",
    )


@pytest.mark.parametrize("ending", [".pdf", ".docx"])
@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"plain words", "not one"),
        (b"\xef\xbb\xbf\n<HTML>", "an HTML page"),
        (b"<!DOCTYPE html>", "an HTML page"),
        (b"GIF89a", "a picture"),
        (b"PK\x05\x06", "an empty zip file"),
    ],
    ids=range(5),
)
def test_what_only_bears_the_name_of_a_document_is_told(ending: str, data: bytes, words: str) -> None:
    with pytest.raises(UnreadableSource) as refused:
        check_contents(ending, data)
    assert refused.value.message == (
        f"The name of this file ends in {ending}, but it is {words}; choose the real file or paste the text."
    )


@pytest.mark.parametrize("ending", [".txt", ".text", ".md", ".markdown"])
def test_a_page_under_the_name_of_a_text_is_told_its_ending(ending: str) -> None:
    with pytest.raises(UnreadableSource) as refused:
        check_contents(ending, b" \n<!doctype HTML><p>words</p>")
    assert refused.value.message == (
        f"The name of this file ends in {ending}, but it is an HTML page; rename it to .html and try again."
    )


@pytest.mark.parametrize("name", ["", ".txt", "txt", "a.", "a.txt/", "a.tar.gz", "a.txt\x00", "a.тхт", "..", "a.exe"])
def test_a_name_without_a_known_ending_is_refused_whatever_is_in_it(name: str) -> None:
    if name == "a.txt/":
        assert read_file(name, WORDS.encode()).text == WORDS.strip()
    else:
        assert refusal(name, WORDS.encode())[0] == "unknown_format"


@pytest.mark.parametrize(
    "name", ["A.TXT", "my article.final.txt", "../../etc/a.txt", "ć\u202e.txt", "a" * 9_000 + ".txt"]
)
def test_only_the_last_ending_of_a_name_counts(name: str) -> None:
    assert read_file(name, WORDS.encode()).text == WORDS.strip()


@pytest.mark.promise(37)
@pytest.mark.parametrize(
    ("files", "code", "message"),
    [
        ({}, "wrong_contents", None),
        ({"notes.txt": b"x"}, "wrong_contents", NO_WORD),
        ({"word/document.xml": BOMB, "[Content_Types].xml": b"<x/>"}, "damaged", DAMAGED_WORD),
        ({"word/document.xml": b"", "[Content_Types].xml": b""}, "damaged", DAMAGED_WORD),
        ({"word/document.xml": b"<a><b></a>", "[Content_Types].xml": b"<x/>"}, "damaged", DAMAGED_WORD),
        ({"word/document.xml": b"\xff\xfe\x00", "[Content_Types].xml": b"<x/>"}, "damaged", DAMAGED_WORD),
        ({"[Content_Types].xml": b"<x/>"}, "damaged", DAMAGED_WORD),
    ],
    ids=range(7),
)
def test_an_archive_that_holds_no_sound_document_is_refused(files: Any, code: str, message: str | None) -> None:
    found = refusal("a.docx", archive(files))
    assert found == (code, message or found[1])


@pytest.mark.promise(37)
@pytest.mark.parametrize("part", ["word/styles.xml", "word/numbering.xml", "_rels/.rels"])
def test_entities_are_refused_in_every_part_of_a_document(part: str) -> None:
    assert refusal("a.docx", with_parts({part: BOMB})) == ("damaged", DAMAGED_WORD)


def with_parts(parts: dict[str, bytes]) -> bytes:
    """The Word file with some of its parts replaced or added."""
    with zipfile.ZipFile(io.BytesIO(WORD)) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    return archive(files | parts)


@pytest.mark.parametrize("part", ["../a.xml", "word/../../a.txt", "..\\a.bin"])
def test_a_document_with_a_part_that_leads_out_of_it_is_damaged(part: str) -> None:
    assert refusal("a.docx", with_parts({part: b"<x/>"})) == ("damaged", DAMAGED_WORD)


def test_pictures_and_programs_inside_a_document_are_not_looked_at() -> None:
    swollen = with_parts({"word/media/a.png": b"\x00" * 30_000_000, "word/vbaProject.bin": b"MZ"})
    assert read_file("a.docx", swollen).text == f"Herons\n\n{WORDS.strip()}"


def test_a_document_behind_a_password_is_told() -> None:
    sealed = bytearray(WORD)
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = sealed.find(mark)
        sealed[at + flags] |= 1
    assert refusal("a.docx", bytes(sealed)) == (
        "encrypted",
        "This file is protected by a password; save it without one and try again.",
    )


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
@pytest.mark.parametrize(("name", "whole", "words"), [("a.docx", WORD, DAMAGED_WORD), ("a.pdf", PDF, DAMAGED_PDF)])
def test_a_file_that_breaks_off_is_damaged_or_still_has_its_words(
    name: str, whole: bytes, words: str, share: float
) -> None:
    found = text_or_refusal(name, whole[: int(len(whole) * share)])
    assert found.split() == f"Herons {WORDS}".split() or found == words or "pictures of pages" in found


def text_or_refusal(name: str, data: bytes) -> str:
    """What is read from the file, else the sentence that refuses it."""
    try:
        return read_file(name, data).text
    except UnreadableSource as refused:
        return refused.message


@given(at=st.integers(60, 4_000), byte=st.integers(0, 255))
@settings(max_examples=15, deadline=None)
def test_a_file_with_one_byte_broken_is_read_or_refused_and_never_crashes(at: int, byte: int) -> None:
    for name, whole in (("a.docx", WORD), ("a.pdf", PDF)):
        broken = bytearray(whole)
        broken[at % len(broken)] = byte
        assert text_or_refusal(name, bytes(broken)).strip()


@pytest.mark.parametrize("method", [b"\xff" * 40, b"\x00" * 40], ids=["ones", "zeros"])
def test_a_document_whose_packing_is_broken_is_damaged(method: bytes) -> None:
    at = WORD.find(b"word/document.xml") + len(b"word/document.xml")
    assert refusal("a.docx", WORD[:at] + method + WORD[at + 40 :]) == ("damaged", DAMAGED_WORD)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.md", b"# A\n\n" + b"- " * 3_000 + b"deep"),
        ("a.md", b"words\n\n" + b"[" * 20_000),
        ("a.md", b"words\n\n" + b"*_" * 10_000),
        ("a.md", b"words\n\n" + b"`" * 20_000),
        ("a.md", b"---\ntitle: [\n---\nwords"),
        ("a.md", b"| a |\n|---|\n" + b"| b |\n" * 2_000),
        ("a.txt", b"words" + b"\n" * 50_000 + b"words"),
        ("a.txt", b"w" * 199_000),
        ("a.html", b"<p>some more words stand here <b>" + b"<i>" * 50 + b"deep"),
        ("a.html", b"<p>some more words stand here<!--" + b"-" * 50_000),
        ("a.html", b"<p>some more words stand here &#0; &#xD800; &#x110000; &nosuch;</p>"),
        ("a.html", b"<p>some more words stand here<table>" + b"<tr><td>words" * 200),
    ],
    ids=range(12),
)
def test_what_is_nested_unclosed_or_endless_is_read_to_clean_text(name: str, data: bytes) -> None:
    text = read_file(name, data).text
    assert text == text.strip()
    assert not any(character in text for character in "\x00\r\ufeff\ud800")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Ein Reiher – „still“.", "Ein Reiher – „still“."),
        ("Цапля ждёт у мельницы.", "Цапля ждёт у мельницы."),
        ("鷺は水車を待つ。", "鷺は水車を待つ。"),
        ("البلشون ينتظر عند الطاحونة.", "البلشون ينتظر عند الطاحونة."),
        ("אנפה ליד הטחנה.", "אנפה ליד הטחנה."),
        ("e\u0301te\u0301 et ho\u0302tel", "été et hôtel"),
        ("a\u202eb\u202cc\u200bd\u00ade", "abcde"),
        ("one\u00a0two\u2009three", "one two three"),
        ("A heron 👩‍👩‍👧 flies", "A heron 👩‍👩‍👧 flies"),
    ],
    ids=range(9),
)
@pytest.mark.parametrize("ending", [".txt", ".md", ".docx"])
def test_every_script_comes_through_every_format_alike(ending: str, written: str, read: str) -> None:
    data = {
        ".txt": written.encode(),
        ".md": written.encode(),
        ".docx": word_file([("Normal", written)]),
    }[ending]
    assert read_file(f"a{ending}", data).text == read


@pytest.mark.parametrize(
    "sentences",
    [
        ["Ein Reiher steht im Schilf und wartet.", "Die Mühle klappert bis zum späten Abend."],
        ["Цапля стоит в камышах и ждёт рыбу.", "Мельница стучит до самого позднего вечера."],
        ["鷺は葦の中に立ち、水車が止まるまで静かに待っている。", "水車は夜遅くまで回り続け、村人はその音で眠る。"],
        ["白鹭站在芦苇丛中，等待水车停下来。", "水车一直转到深夜，村民们听着它的声音入睡。"],
        ["นกกระสายืนรออยู่ในพงอ้อจนกว่ากังหันน้ำจะหยุดหมุน", "กังหันน้ำหมุนไปจนดึกดื่นและชาวบ้านหลับไปกับเสียงของมัน"],
        ["البلشون واقف بين القصب ينتظر توقف الطاحونة.", "الطاحونة تدور حتى ساعة متأخرة من الليل."],
        ["האנפה עומדת בין הקנים ומחכה לטחנה.", "הטחנה מסתובבת עד שעה מאוחרת בלילה."],
    ],
    ids=["German", "Russian", "Japanese", "Chinese", "Thai", "Arabic", "Hebrew"],
)
def test_a_short_page_in_any_script_is_an_article(sentences: list[str]) -> None:
    body = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    page = f"<html><head><meta charset=utf-8></head><body><article>{body}</article></body></html>"
    assert read_file("a.html", page.encode()).text == "\n\n".join(sentences)


@pytest.mark.parametrize(
    "names", [["新闻", "体育", "关于我们", "联系方式", "隐私政策"], ["ニュース", "スポーツ", "お問い合わせ窓口"]]
)
def test_a_list_of_links_in_any_script_is_no_article(names: list[str]) -> None:
    links = "".join(f"<li><a href='/{place}'>{name}</a></li>" for place, name in enumerate(names * 4))
    page = f"<html><head><meta charset=utf-8></head><body><ul>{links}</ul></body></html>"
    assert refusal("a.html", page.encode())[0] == "navigation_only"


def test_a_pdf_packed_in_an_unknown_way_is_damaged() -> None:
    assert refusal("a.pdf", PDF.replace(b"/ASCII85Decode", b"/ASCII86Decode")) == ("damaged", DAMAGED_PDF)
