"""The pages about oneself, under /accounts/."""

from __future__ import annotations

from allauth.account import views as allauth_views
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from accounts import views

ours = [
    path("", views.account, name="account"),
    path("tokens/", views.create_token, name="create-token"),
    path("tokens/<uuid:uuid>/revoke/", views.withdraw_token, name="revoke-token"),
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/<uuid:uuid>/", views.message, name="message"),
    path("mail/", views.mail, name="mail"),
    path("mail/stop/<str:token>/", views.stop, name="stop-mail"),
    path("reading/", views.reading, name="reading"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("set-password/<str:uidb64>/<str:token>/", views.SetPasswordView.as_view(), name="set-password"),
]

# allauth looks its pages up by these names. Those that are not here are not offered.
urlpatterns = [
    path("login/", views.LoginView.as_view(), name="account_login"),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("signup/", views.SignupView.as_view(), name="account_signup"),
    path("confirm-email/", allauth_views.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", allauth_views.confirm_email, name="account_confirm_email"),
    path("password/change/", views.PasswordChangeView.as_view(), name="account_change_password"),
    path("password/set/", RedirectView.as_view(pattern_name="account_reset_password"), name="account_set_password"),
    path("password/reset/", views.PasswordResetView.as_view(), name="account_reset_password"),
    path("password/reset/done/", allauth_views.password_reset_done, name="account_reset_password_done"),
    path("", include((ours, "accounts"))),
]
