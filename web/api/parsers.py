"""Reading a request's body: JSON of bounded size and depth, or a form with a file, and never an error of ours."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import DataAndFiles, JSONParser, MultiPartParser
from rest_framework.utils.json import strict_constant


class BodyTooLarge(APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"
    default_detail = "This request is larger than 2.5 MB. Send less at once."


class BoundedJSONParser(JSONParser):
    """JSON up to the size that any request may have. NaN, infinity and bottomless nesting are no JSON."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        largest = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(largest + 1)
        if len(body) > largest:
            raise BodyTooLarge
        _require_utf8(body)
        try:
            return json.loads(body.removeprefix(BOM_UTF8), parse_constant=strict_constant, object_pairs_hook=_object)
        except RecursionError:
            raise ParseError("This JSON is nested too deep.") from None
        except json.JSONDecodeError as error:
            raise ParseError(f"JSON parse error - {error}") from None
        except ValueError as error:
            raise ParseError(_in_words(error)) from None


def _object(members: list[tuple[str, Any]]) -> dict[str, Any]:
    """Of two members of one name, most readers would drop one in silence (RFC 8259, 4)."""
    made = dict(members)
    if len(made) < len(members):
        (twice, _), *_ = Counter(name for name, _ in members).most_common(1)
        shown = twice[:40].encode(errors="replace").decode()
        raise ParseError(f"This JSON names “{shown}” twice in one object. Name it once.")
    return made


def _in_words(error: ValueError) -> str:
    """What is no JSON for other reasons than its form."""
    is_digits = "integer string conversion" in str(error)
    return "This JSON holds a number of too many digits." if is_digits else f"JSON parse error - {error}"


def _require_utf8(body: bytes) -> None:
    # The framework reads a stream, and a stream waits in silence for the rest of a character cut off at its end.
    try:
        body.decode()
    except UnicodeDecodeError:
        raise ParseError("This request is not written in UTF-8.") from None


class FileParser(MultiPartParser):
    """A form with a file of at most `most` bytes, for views that take one; of a larger request nothing is read."""

    most = 50_000_000
    room_for_fields = 3_000_000

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> DataAndFiles[Any, Any]:
        sent = (parser_context or {})["request"].META.get("CONTENT_LENGTH") or 0
        if int(sent) > self.most + self.room_for_fields:
            raise BodyTooLarge(f"This request is larger than the {self.most / 1_000_000:.0f} MB that a file may have.")
        try:
            return super().parse(stream, media_type, parser_context)
        except RequestDataTooBig:
            raise BodyTooLarge from None
        except SuspiciousOperation:
            raise ParseError("This form has too many fields or files, or one that cannot be read.") from None


class CourseFileParser(FileParser):
    """A form with a course file."""

    most = 5_000_000
    room_for_fields = 100_000
