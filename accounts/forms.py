"""What people are asked about themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, ClassVar, cast

from allauth.account import forms as allauth_forms
from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.adapter import INVITED
from accounts.domain.digest import MailSetting
from accounts.domain.people import find_person, mark_email_verified
from accounts.models import Area, MailRule, PersonalToken, Spacing, TextSize, Theme, User
from language import LANGUAGES, again, marked

HINT = "At least ten characters, not only digits, and not a common password. Three words do well."


def plain(form: forms.Form, labels: dict[str, str]) -> None:
    """Every field has a label of its own words, and no grey text inside that passes for one."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        field.label = labels.get(name, field.label)


class LoginForm(allauth_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self, {"login": "Email address", "remember": "Keep me signed in on this device"})
        self.fields["password"].help_text = ""


class SignupForm(allauth_forms.SignupForm):
    name = forms.CharField(
        max_length=150, label="Your name", widget=forms.TextInput(attrs={"autocomplete": "name"}), required=False
    )
    field_order = ("name", "email", "password1")

    def __init__(self, *args: Any, invited: str | None = None, **kwargs: Any) -> None:
        self.invited = invited
        super().__init__(*args, **kwargs)
        plain(self, {"email": "Email address"})
        self.fields["name"].help_text = "As your instructor should read it. You can change it later."
        self.fields["password1"].help_text = HINT
        if invited:
            self.fields["email"].initial = invited
            self.fields["email"].disabled = True

    def validate_unique_email(self, value: str) -> str:
        """An invited address is taken only once somebody has verified it: who only claimed it holds nothing."""
        if value == self.invited and find_person(value) is None:
            return value
        checked: str = super().validate_unique_email(value)
        return checked

    def save(self, request: HttpRequest) -> User:
        person: User = super().save(request)
        if self.invited:
            # The invitation stands for the address: it was made for it by someone who may.
            mark_email_verified(person)
            request.session.pop(INVITED, None)
        return person


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self, {"email": "Email address"})


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(
            self,
            {"oldpassword": "Password until now", "password1": "New password", "password2": "New password again"},
        )
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].help_text = HINT


class ChoosePasswordForm(SetPasswordForm):  # type: ignore[type-arg]  # -- not subscriptable when it runs
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = HINT
        self.fields["new_password1"].label = "New password"
        self.fields["new_password2"].label = "New password again"
        self.fields["new_password2"].help_text = ""


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # -- not subscriptable when it runs
    class Meta:
        model = User
        fields = ("name",)
        labels: ClassVar = {"name": "Your name"}
        help_texts: ClassVar = {"name": "Instructors see it beside your answers."}
        widgets: ClassVar = {"name": forms.TextInput(attrs={"autocomplete": "name"})}


class TokenForm(forms.Form):
    LIFETIMES = (
        ("30", gettext_lazy("30 days")),
        ("90", gettext_lazy("90 days")),
        ("365", gettext_lazy("a year")),
        ("", gettext_lazy("until I revoke it")),
    )

    name = forms.CharField(
        max_length=80, label="What is it for?", widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    scope = forms.ChoiceField(
        choices=lambda: [(value, again(name)) for value, name in PersonalToken.Scope.choices], label="What may it do?"
    )
    areas = forms.MultipleChoiceField(
        choices=Area.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        label="Only for these (none ticked: for everything)",
    )
    days = forms.ChoiceField(choices=LIFETIMES, label="How long is it good?", initial="90", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "token_%s", **kwargs})

    def issue_with(self) -> dict[str, Any]:
        """The cleaned fields as `issue_token` takes them."""
        days = self.cleaned_data["days"]
        expires_at = timezone.now() + timedelta(days=int(days)) if days else None
        return {name: self.cleaned_data[name] for name in ("name", "scope", "areas")} | {"expires_at": expires_at}


class ReadingForm(forms.Form):
    """How pages look, and what they are said in."""

    theme = forms.ChoiceField(
        choices=[("", "As the device says"), *Theme.choices], widget=forms.RadioSelect, required=False, label="Theme"
    )
    size = forms.ChoiceField(
        choices=[("", marked("Regular")), *TextSize.choices],
        widget=forms.RadioSelect,
        required=False,
        label="Text size",
    )
    spacing = forms.ChoiceField(
        choices=[("", marked("Regular")), *Spacing.choices], widget=forms.RadioSelect, required=False, label="Spacing"
    )
    language = forms.ChoiceField(
        choices=[("", "As the browser asks"), *LANGUAGES],
        widget=forms.RadioSelect,
        required=False,
        label="Language",
    )


class MailForm(forms.Form):
    """How often a digest comes, and what it counts. Cleaned, it is what set_mail takes."""

    RULES = (
        (MailRule.Every.DAY, "Once a day"),
        (MailRule.Every.WEEK, "Once a week"),
        (MailRule.Every.NEVER, marked("Never")),
    )

    every = forms.TypedChoiceField(choices=RULES, coerce=MailRule.Every, widget=forms.RadioSelect, label="By mail")
    mailed = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False, label="What a mail counts")

    def __init__(self, *given: Any, kinds: Sequence[MailSetting], **named: Any) -> None:
        super().__init__(*given, **named)
        choices = cast("forms.MultipleChoiceField", self.fields["mailed"])
        choices.choices = [(kind.slug, kind.label) for kind in kinds]
