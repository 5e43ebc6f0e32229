from __future__ import annotations

import pytest

from config.mail import mail_from_url


@pytest.mark.parametrize(
    ("url", "backend"), [("console:", "console"), ("memory:", "locmem"), ("file:///var/mail", "filebased")]
)
def test_mail_can_stay_here(url: str, backend: str) -> None:
    settings = mail_from_url(url)
    assert settings["EMAIL_BACKEND"] == f"django.core.mail.backends.{backend}.EmailBackend"
    assert settings.get("EMAIL_FILE_PATH") == ("/var/mail" if backend == "filebased" else None)


@pytest.mark.parametrize(
    ("scheme", "port", "tls", "ssl"),
    [("smtp", 25, False, False), ("smtp+tls", 587, True, False), ("smtps", 465, False, True)],
)
def test_mail_can_leave_by_smtp(scheme: str, port: int, tls: bool, ssl: bool) -> None:
    settings = mail_from_url(f"{scheme}://postil%40example.org:p%2Fw@mail.example.org")
    assert settings["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert settings["EMAIL_HOST"] == "mail.example.org"
    assert (settings["EMAIL_HOST_USER"], settings["EMAIL_HOST_PASSWORD"]) == ("postil@example.org", "p/w")
    assert (settings["EMAIL_PORT"], settings["EMAIL_USE_TLS"], settings["EMAIL_USE_SSL"]) == (port, tls, ssl)


def test_a_port_of_ones_own_is_kept() -> None:
    assert mail_from_url("smtp://localhost:2525")["EMAIL_PORT"] == 2525
