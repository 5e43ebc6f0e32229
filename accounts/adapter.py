"""How allauth signs people in here."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.account.signals import email_confirmed
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.dispatch import receiver
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse

from accounts.domain.awaited import awaited_person
from accounts.domain.people import mark_email_verified, public_link, set_password_link
from accounts.models import User

INVITED = "invited_email"


class Adapter(DefaultAccountAdapter):
    """Sign-up as POSTIL_SIGNUP says, and links in mail that lead where people come in."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": (
            "This email address and password do not belong together. Look at both again, or choose a new password."
        ),
        "too_many_login_attempts": (
            "There were too many attempts for this address. Nothing is lost: wait five minutes and try again, "
            "or choose a new password now."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        if settings.SIGNUP == "invite":
            return INVITED in request.session
        # Whoever is awaited makes no new account: theirs is there already.
        return bool(settings.SIGNUP == "open") or self._awaited(request) is not None

    def new_user(self, request: HttpRequest) -> AbstractBaseUser:
        """Whoever comes by an invitation takes up the account that was made for their address."""
        return self._awaited(request) or User()

    def _awaited(self, request: HttpRequest) -> User | None:
        invited = request.session.get(INVITED)
        return awaited_person(invited) if invited else None

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> AbstractBaseUser:
        user.name = form.cleaned_data.get("name", "") or user.name
        saved: AbstractBaseUser = super().save_user(request, user, form, commit=commit)
        return saved

    def format_email_subject(self, subject: str) -> str:
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        super().send_mail(template_prefix, email, {**context, "public_url": settings.PUBLIC_URL})

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        super().send_password_reset_mail(user, email, {**context, "password_reset_url": set_password_link(user)})

    def get_reset_password_from_key_url(self, key: str) -> str:
        # The key holds the row's number, which stays inside; send_password_reset_mail makes the link.
        return public_link(reverse("account_reset_password"))

    def get_email_confirmation_url(self, request: HttpRequest | None, emailconfirmation: EmailConfirmation) -> str:
        return public_link(reverse("account_confirm_email", args=[emailconfirmation.key]))


# allauth offers no other hook that every way of confirming an address passes through.
@receiver(email_confirmed, dispatch_uid="accounts.keep_verified")
def keep_verified(email_address: EmailAddress, **_: Any) -> None:
    """The person's own row says, too, that the address is theirs."""
    mark_email_verified(email_address.user)
