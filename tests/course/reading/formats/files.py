"""Files made on the spot: Word documents, PDFs and archives."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import docx
import pypdf
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate


def word_file(blocks: Sequence[tuple[str, str]]) -> bytes:
    """A .docx file of (style name, text)."""
    document = docx.Document()
    for style, text in blocks:
        document.add_paragraph(text, style=style)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def pdf_file(blocks: Sequence[tuple[str, str]], *, footer: str = "") -> bytes:
    """A PDF of (style name, text), with a footer and the page's number on each page."""

    def on_page(canvas: Canvas, template: SimpleDocTemplate) -> None:
        if footer:
            canvas.drawString(72, 30, f"{footer} {template.page}")

    styles = getSampleStyleSheet()
    target = io.BytesIO()
    story = [Paragraph(text, styles[style]) for style, text in blocks]
    SimpleDocTemplate(target).build(story, onFirstPage=on_page, onLaterPages=on_page)
    return target.getvalue()


def locked(data: bytes) -> bytes:
    """The same PDF behind a password."""
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(data)))
    writer.encrypt("secret", algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def picture_pdf() -> bytes:
    """A PDF that shows a drawing and no text."""
    target = io.BytesIO()
    canvas = Canvas(target)
    canvas.rect(50, 50, 300, 300, fill=1)
    canvas.save()
    return target.getvalue()


def archive(files: dict[str, bytes]) -> bytes:
    """A compressed zip file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return target.getvalue()
