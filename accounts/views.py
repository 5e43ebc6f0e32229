"""The pages about oneself: coming in, going out, the account."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlencode
from uuid import UUID

from allauth.account import views as allauth_views
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.adapter import INVITED
from accounts.domain.awaited import awaited_person
from accounts.domain.digest import mail_settings, set_mail, stop_mail
from accounts.domain.inbox import mark_read, newest_messages, open_message
from accounts.domain.people import change_own, email_of_invitation, find_person, mark_email_verified, person_by_uuid
from accounts.domain.tokens import issue_token, live_tokens, revoke_token
from accounts.forms import (
    ChangePasswordForm,
    ChoosePasswordForm,
    LoginForm,
    MailForm,
    ProfileForm,
    ReadingForm,
    ResetPasswordForm,
    SignupForm,
    TokenForm,
)
from accounts.models import InboxMessage, User
from accounts.requests import signed_in, uuid_in

MESSAGES_A_PAGE = 50
READING_COOKIE_SECONDS = 365 * 24 * 3600


class LoginView(allauth_views.LoginView):
    form_class = LoginForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "section": "sign-in", "signup": settings.SIGNUP}


class SignupView(allauth_views.SignupView):
    form_class = SignupForm
    extra_context: ClassVar = {"section": "sign-in"}

    def get_form_kwargs(self) -> dict[str, Any]:
        invited = self.request.session.get(INVITED)
        awaited = awaited_person(invited) if invited else None
        given = super().get_form_kwargs()
        return {**given, "invited": invited, "initial": {**given["initial"], "name": awaited.name if awaited else ""}}

    def closed(self) -> HttpResponse:
        return render(self.request, "account/signup_closed.html", {"signup": settings.SIGNUP}, status=403)


class PasswordResetView(allauth_views.PasswordResetView):
    form_class = ResetPasswordForm


class PasswordChangeView(allauth_views.PasswordChangeView):
    form_class = ChangePasswordForm
    success_url = reverse_lazy("accounts:account")
    extra_context: ClassVar = {"section": "account"}


class SetPasswordView(auth_views.PasswordResetConfirmView):
    """Django's view, which keeps the token out of the address, with the public id in the link."""

    form_class = ChoosePasswordForm
    template_name = "account/set_password.html"
    post_reset_login = True
    post_reset_login_backend = "accounts.backends.PeopleBackend"
    success_url = reverse_lazy("accounts:account")

    def get_user(self, uidb64: str) -> User | None:
        return person_by_uuid(uidb64)

    def form_valid(self, form: Any) -> HttpResponse:
        # Whoever holds the link got it by mail or from the person who runs this installation.
        mark_email_verified(form.user)
        messages.success(self.request, "Your new password is set, and you are signed in.")
        return super().form_valid(form)


@require_GET
def invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """An invitation opens the sign-up page for its address, or the sign-in once somebody has verified it."""
    email = email_of_invitation(token)
    if email is None:
        return render(request, "account/signup_closed.html", {"signup": "stale"}, status=410)
    if find_person(email) is not None:
        # Only the holder of the address has this link, so nothing is given away.
        messages.info(request, "You have an account with this address already. Sign in with it.")
        return redirect(_leading_on(request, "account_login"))
    request.session[INVITED] = email
    return redirect(_leading_on(request, "account_signup"))


def _leading_on(request: HttpRequest, page: str) -> str:
    """The address of the page, which leads on to where this one was asked to."""
    then = next_page(request)
    return reverse(page) if then == "/" else f"{reverse(page)}?{urlencode({'next': then})}"


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    form = ProfileForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        change_own(person, **form.cleaned_data)
        messages.success(request, "Your name is saved.")
        return redirect("accounts:account")
    return render_account(request, profile=form)


@never_cache
@login_required
@require_POST
def create_token(request: HttpRequest) -> HttpResponse:
    form = TokenForm(request.POST)
    if not form.is_valid():
        return render_account(request, token_form=form, status=422)
    issued = issue_token(signed_in(request), **form.issue_with())
    return render_account(request, issued=issued, status=201)


@login_required
@require_POST
def withdraw_token(request: HttpRequest, uuid: UUID) -> HttpResponse:
    person = signed_in(request)
    if not person.personal_tokens.filter(uuid=uuid).exists():
        raise Http404
    revoke_token(person, uuid)
    messages.success(request, "The token is revoked. Programs that use it are refused from now on.")
    return redirect("accounts:account")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def inbox(request: HttpRequest) -> HttpResponse:
    """What the person was told, newest first. A POST counts all of it as read that the page showed."""
    person = signed_in(request)
    if request.method == "POST":
        shown = uuid_in(request.POST.get("up_to"))
        newest = person.inbox.filter(uuid=shown).first() if shown else None
        if newest is not None:
            mark_read(person, up_to=newest)
        return redirect("accounts:inbox")
    page = Paginator(newest_messages(person), MESSAGES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "account/inbox.html", {"section": "inbox", "page": page})


@login_required
@require_POST
def message(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The message counts as read, and its person stands where it leads."""
    try:
        opened = open_message(signed_in(request), uuid)
    except InboxMessage.DoesNotExist as missing:
        raise Http404 from missing
    return redirect(opened.url or reverse("accounts:inbox"))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: HttpRequest) -> HttpResponse:
    """How often a digest comes by mail, and what it counts."""
    person = signed_in(request)
    every, kinds = mail_settings(person)
    kept = {"every": every, "mailed": [kind.slug for kind in kinds if kind.is_mailed]}
    form = MailForm(request.POST if request.method == "POST" else None, initial=kept, kinds=kinds)
    if request.method == "POST" and form.is_valid():
        set_mail(person, **form.cleaned_data)
        messages.success(request, "What comes by mail is saved.")
        return redirect("accounts:mail")
    return render(request, "account/mail.html", {"section": "inbox", "form": form})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """A digest's own link: a page that asks, and a POST, from it or from a mail program (RFC 8058), that stops them."""
    if request.method != "POST":
        return render(request, "account/mail/stop.html", {"token": token})
    if not stop_mail(token):
        raise Http404
    return render(request, "account/mail/stopped.html")


@require_http_methods(["GET", "HEAD", "POST"])
def reading(request: HttpRequest) -> HttpResponse:
    """Theme, text size and spacing: of the person, and on this device also for whoever has not signed in."""
    back = next_page(request)
    person = request.user if isinstance(request.user, User) else None
    form = ReadingForm(request.POST if request.method == "POST" else None, initial=look_of(request, person))
    if request.method == "POST" and form.is_valid():
        if person is not None:
            change_own(person, **form.cleaned_data)
        response = redirect(back)
        for name, value in form.cleaned_data.items():
            response.set_cookie(
                name, value, max_age=READING_COOKIE_SECONDS, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
            )
        return response
    return render(request, "account/reading.html", {"form": form, "next": back, "section": "reading"})


def look_of(request: HttpRequest, person: User | None) -> dict[str, str]:
    """How pages look here, as base.html has it: what the person chose, else what was chosen on this device."""
    names = ReadingForm.base_fields
    return {name: getattr(person, name, "") or request.COOKIES.get(name, "") for name in names}


def render_account(request: HttpRequest, *, status: int = 200, **context: Any) -> HttpResponse:
    person = signed_in(request)
    page = {
        "section": "account",
        "profile": ProfileForm(instance=person),
        "token_form": TokenForm(),
        "tokens": live_tokens(person),
    }
    return render(request, "account/account.html", {**page, **context}, status=status)


def next_page(request: HttpRequest) -> str:
    """Where the person came from, if that is a page of ours; else home."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    return wanted if is_ours else "/"
