"""The reader: a source in, its whole outline out."""

from __future__ import annotations

from course.reading.clean import clean
from course.reading.concepts import find_concepts
from course.reading.languages import language_of
from course.reading.outline import Outline, ReadingWarning, Source
from course.reading.segment import is_read, segment
from course.reading.version import READER_VERSION

__all__ = ["READER_VERSION", "outline"]


def outline(source: Source, *, title: str = "") -> Outline:
    """The passages, lessons and suggested concepts of a source; the same source always gives the same outline.

    `title` overrules the source's own. Warnings never stop the reading: `no_headings`, `single_paragraph`,
    `many_lessons`, `sub_headings_inside`, `empty_lessons`, `language_not_english`, and those of the source.
    """
    cleaned = clean(source, title=title)
    read = [passage for passage in cleaned.passages if is_read(passage)]
    language = language_of("\n".join(passage.span.quote(source.text) for passage in read[:60]))
    lessons, warnings = segment(source.text, cleaned.passages, title=cleaned.title)
    concepts = find_concepts(source.text, passages=cleaned.passages, title=cleaned.title, language=language)
    return Outline(
        text=source.text,
        title=cleaned.title,
        language=language,
        passages=cleaned.passages,
        lessons=lessons,
        concepts=concepts,
        warnings=(*source.warnings, *warnings, *_about_language(language)),
    )


def _about_language(language: str) -> tuple[ReadingWarning, ...]:
    if language == "en":
        return ()
    message = (
        f"This text seems to be in another language than English ({language}); check concepts and questions with care."
    )
    return (ReadingWarning("language_not_english", message),)
