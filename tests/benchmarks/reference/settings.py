"""Django's own middleware for a signed-in form, and nothing beside it."""

from __future__ import annotations

import os

from config.database import database_from_url

SECRET_KEY = "the-reference-has-no-secrets-" + "x" * 30
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
DATABASES = {"default": database_from_url(os.environ["DATABASE_URL"], pool_size=8)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "tests.benchmarks.reference",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
]
# All tables are made at once, as the models say, because one without migrations refers to one that has some.
MIGRATION_MODULES = dict.fromkeys(["auth", "contenttypes", "sessions"])
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "tests.benchmarks.reference.urls"
WSGI_APPLICATION = "tests.benchmarks.reference.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
LOGIN_URL = "/"
USE_TZ = True
