"""What a certificate of a course is for, as its instructors read it. Pure."""

from __future__ import annotations

from course.models import CertificateFor
from language import marked

CERTIFICATES = {
    CertificateFor.NOTHING: marked("No certificate"),
    CertificateFor.READING: marked("Reading every part"),
    CertificateFor.PASSING: marked("Reading every part and passing every quiz"),
}
"""In the order in which they are offered."""
