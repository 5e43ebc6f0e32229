"""All settings, from the environment, with defaults that are safe to start with."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from csp.constants import NONE, SELF

import language
from config import broker, database, mail, redis_url
from config.drafting_model import model_from_environment
from config.env import Env
from config.proxies import networks
from config.secret_key import kept_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env(os.environ)

# Where this installation is and who may come in

DATA_DIR = env.folder("DATA_DIR", BASE_DIR / "data", "static")
STATIC_ROOT = DATA_DIR / "static"
PORT = env.int("PORT", 8000, low=0, high=65535)
DEBUG = env.bool("POSTIL_DEBUG")
DEMO = env.bool("POSTIL_DEMO")
DEMO_PASSWORD = env.secret("DEMO_PASSWORD")
PUBLIC_URL = env.url("POSTIL_PUBLIC_URL", f"http://127.0.0.1:{PORT}/", schemes=("http", "https")).rstrip("/") + "/"
KEEP_ANSWERS_DAYS = env.int("POSTIL_KEEP_ANSWERS_DAYS", 0, low=0, high=3_650)
WEB_THREADS = env.int("POSTIL_WEB_THREADS", 4, low=1, high=64)
# Within a minute; 0 is no limit.
API_CALLS_PER_MINUTE = env.int("POSTIL_API_CALLS_PER_MINUTE", 600, low=0, high=1_000_000)
API_REFUSALS_PER_MINUTE = env.int("POSTIL_API_REFUSALS_PER_MINUTE", 10, low=0, high=1_000_000)
SIGNUP = env.text("POSTIL_SIGNUP", "open", choices=("open", "invite", "closed"))
# Fetching what instructors name makes this machine speak to others: an operator decides that.
IMPORT_BY_URL = env.bool("POSTIL_IMPORT_BY_URL")
MIRRORED = env.bool("POSTIL_MIRRORED")
# A sentence encoder beside the words that the grader of free text compares: none, unless folder and digest are set.
_encoder, _digest = env.text("POSTIL_ENCODER"), env.text("POSTIL_ENCODER_DIGEST")
if bool(_encoder) != bool(_digest) or (_digest and not re.fullmatch("[0-9a-fA-F]{64}", _digest)):
    env.refuse("POSTIL_ENCODER_DIGEST", _digest, "a SHA-256 in 64 hexadecimal digits, set together with POSTIL_ENCODER")
ENCODER = {"folder": str(Path(_encoder).absolute()), "digest": _digest.lower()} if _encoder else {}
# A model that drafts questions: none, unless provider and name are set, and then for courses whose owners allow it.
DRAFTING_MODEL = model_from_environment(env)
IS_SECURE = PUBLIC_URL.startswith("https:")

_public = urlsplit(PUBLIC_URL)
ALLOWED_HOSTS = env.words("POSTIL_ALLOWED_HOSTS", [_public.hostname or "", "localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = [f"{_public.scheme}://{_public.netloc}"]
TRUSTED_PROXIES = env.words("POSTIL_TRUSTED_PROXIES", ["127.0.0.1", "::1"])
try:
    networks(TRUSTED_PROXIES)
except ValueError as error:
    env.refuse("POSTIL_TRUSTED_PROXIES", ", ".join(TRUSTED_PROXIES), f"a list of addresses and networks ({error})")
# Who may fetch /metrics: whoever asks from these, or brings the token.
METRICS_FROM = env.words("POSTIL_METRICS_FROM", ["127.0.0.1", "::1"])
try:
    networks(METRICS_FROM)
except ValueError as error:
    env.refuse("POSTIL_METRICS_FROM", ", ".join(METRICS_FROM), f"a list of addresses and networks ({error})")
METRICS_TOKEN = env.secret("POSTIL_METRICS_TOKEN")

# Database, Redis, broker, mail

DATABASE_URL = env.secret_url("DATABASE_URL", schemes=database.SCHEMES)
DATABASE_POOL = env.int("POSTIL_DATABASE_POOL", 8, low=1, high=200)
DATABASES = {
    "default": database.database_from_url(DATABASE_URL, pool_size=DATABASE_POOL)
    if DATABASE_URL
    else database.sqlite(DATA_DIR / "postil.sqlite3")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.url("REDIS_URL", redis_url.redis_url_of(DATA_DIR), schemes=redis_url.SCHEMES)
CACHE_URL = env.url("POSTIL_CACHE_URL", REDIS_URL, schemes=redis_url.SCHEMES)
CACHES = {"default": {"BACKEND": "config.cache.GuardedRedisCache", "LOCATION": CACHE_URL, "KEY_PREFIX": "postil"}}
BROKER_URL = env.secret_url("POSTIL_BROKER_URL", REDIS_URL, schemes=broker.SCHEMES)
if ";" in BROKER_URL:  # kombu would take it for several, and ask only the first
    env.refuse("POSTIL_BROKER_URL", None, "one address: give hosts that work together one name")

EMAIL_URL = env.secret_url("POSTIL_EMAIL_URL", "console:", schemes=mail.SCHEMES)
# Django still takes mail as a dozen flat names.
globals().update(mail.mail_from_url(EMAIL_URL))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("POSTIL_EMAIL_FROM", f"Postil <postil@{_public.hostname}>")

# The embedded database keeps its own key beside it. Any other installation brings one.
SECRET_KEY = env.secret("SECRET_KEY")
if not SECRET_KEY and (DEBUG or DEMO or not DATABASE_URL):
    SECRET_KEY = kept_secret_key(DATA_DIR)
if not SECRET_KEY:
    env.problems.append("SECRET_KEY is not set: give it, or SECRET_KEY_FILE, at least 50 random characters.")
# How long the guarantee takes; the defaults stand with their reasons in jobs/domain/schedule.py.
JOB_PERIODS = ("lease", "hint_age", "hint_timeout", "hint_pause", "sweep_period", "inline_after", "keep_days")
JOB_SCHEDULE = env.seconds("POSTIL_JOB_SCHEDULE", keys=JOB_PERIODS)
LOG_LEVEL = env.text("POSTIL_LOG_LEVEL", "INFO", choices=("DEBUG", "INFO", "WARNING", "ERROR"))
LOG_FORMAT = env.text("POSTIL_LOG_FORMAT", "text", choices=("text", "json"))
TIME_ZONE = env.text("POSTIL_TIME_ZONE", "UTC", choices=sorted(available_timezones()))
env.close()

# Applications

INSTALLED_APPS = [
    "config",
    "web.learner",
    "web.studio",
    "web.api",
    "authoring",
    "quizzes",
    "hooks",
    "course",
    "accounts",
    "jobs",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "config.static.OurStaticFiles",
    "allauth",
    "allauth.account",
    "django_htmx",
    "rules.apps.AutodiscoverRulesConfig",
    "csp",
    "rest_framework",
    "oauth2_provider",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]
# Short on purpose: whatever stands here is paid for by every request.
MIDDLEWARE = [
    "config.proxies.TrustedProxies",
    "config.correlation.Correlated",
    "config.counters.CountedSaves",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.content_policy.ContentPolicy",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.languages.ReadersLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.sent_forms.SentForms",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
_LOADERS, _WHERE = "django.template.loaders", ("filesystem", "app_directories")
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [("config.quick_templates.Loader", [f"{_LOADERS}.{name}.Loader" for name in _WHERE])],
            "builtins": ["django.templatetags.i18n", "django.templatetags.l10n", "accounts.templatetags.sentences"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# People

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "accounts.backends.PeopleBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _public.scheme

# Sessions live in the database, so that a dead Redis signs nobody out.
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_SECURE

# What the browser is told to refuse

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = IS_SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 31_536_000 if IS_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_SECURE
# 50 MB is the largest article file that is looked at; a form never needs to hold more in memory.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# Words, times, files

LANGUAGE_CODE = "en"
LANGUAGES = language.LANGUAGES
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "files"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else "config.static.OurStorage"
    },
}

# Programs

REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "web.api.schema.ApiSchema",
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "web.api.authentication.PersonalTokenAuthentication",
        "web.api.authentication.SystemAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated", "web.api.authentication.ScopeAllows"],
    "DEFAULT_PAGINATION_CLASS": "web.api.pagination.LinkedCursorPagination",
    "DEFAULT_THROTTLE_CLASSES": ["web.api.limits.CallLimit"],
    "EXCEPTION_HANDLER": "web.api.errors.as_problem",
    "DEFAULT_METADATA_CLASS": "web.api.options.OnlyAllowed",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["web.api.parsers.BoundedJSONParser"],
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Postil",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "DEFAULT_GENERATOR_CLASS": "web.api.schema.ApiGenerator",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "web.api.schema.complete"],
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "ConceptDecisionEnum": "web.api.serializers.concepts.DECISIONS",
        "ConceptKindEnum": "course.models.concepts.CONCEPT_KINDS",
        "CourseStateEnum": "course.models.CourseState",
        "DecisionEnum": "web.api.serializers.questions.DECISIONS",
        "DeliveryStateEnum": "hooks.models.DeliveryState",
        "EditKindEnum": "course.models.EditKind",
        "EndpointStateEnum": "hooks.models.EndpointState",
        "JobStateEnum": "jobs.models.JobState",
        "LineStateEnum": "quizzes.models.LineState",
        "OwnDecisionEnum": "web.api.serializers.questions.DECIDED",
        "PassageKindEnum": "course.models.articles.PASSAGE_KINDS",
        "RunStateEnum": "quizzes.models.RunState",
    },
}
# What RFC 9700 recommends and the library will do by itself from its next major version on.
_RFC9700 = "IMPLICIT_GRANT PASSWORD_GRANT PKCE_METHOD ACCESS_TOKEN_TRANSPORT AUTHZ_RESPONSE_ISS TOKEN_STORAGE"
_RFC9700 += " REFRESH_TOKEN REDIRECT_URI_SCHEME REDIRECT_URI_MATCHING PKCE_REQUIRED"
OAUTH2_PROVIDER = {
    "SCOPES_BACKEND_CLASS": "web.api.scopes.AreaScopes",
    "ACCESS_TOKEN_EXPIRE_SECONDS": 3600,
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
    **{f"COMPLIANT_BCP_RFC9700_{recommendation}": True for recommendation in _RFC9700.split()},
}

# Workers: the rows are the truth and the broker only wakes them, so all of this makes grading quicker, not safer.

CELERY_BROKER_URL = redis_url.broker_url(BROKER_URL)
CELERY_BROKER_USE_SSL = broker.encryption(BROKER_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_HEARTBEAT = 20
CELERY_BROKER_TRANSPORT_OPTIONS = broker.transport_options(BROKER_URL)
CELERY_TASK_DEFAULT_QUEUE_TYPE = broker.queue_type(BROKER_URL)
CELERY_WORKER_CONSUMER = "config.consuming:TimelessConsumer"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_SOFT_TIME_LIMIT, CELERY_TASK_TIME_LIMIT = 240, 300
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# Celery would open a new connection for every task, which doubles what grading costs. jobs guards against stale ones.
CELERY_DB_REUSE_MAX = 100_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"text": {"()": "config.log_lines.Line"}, "json": {"()": "config.log_lines.JsonLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {"django": {"handlers": [], "level": LOG_LEVEL, "propagate": True}},
}
