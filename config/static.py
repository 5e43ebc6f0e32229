"""Static files: named by their content, compressed once, and only those that a page of ours asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.contrib.staticfiles.apps import StaticFilesConfig
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Pages for staff and programmers, seldom opened and by far the largest files: compressing them takes half a minute.
SENT_AS_THEY_ARE = ("admin/", "drf_spectacular_sidecar/")


class OurStaticFiles(StaticFilesConfig):
    """Leaves out what no page of ours links: the browsable API, the second documentation viewer, htmx 4."""

    ignore_patterns = [  # noqa: RUF012 -- Django wants a list
        *StaticFilesConfig.ignore_patterns,
        "rest_framework",
        "redoc",
        "oauth2_provider",
        "ext",
        "htm*-4*",
    ]


class OurStorage(CompressedManifestStaticFilesStorage):
    """Scripts that import each other find each other under their hashed names."""

    support_js_module_import_aggregation = True

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        yield from super().compress_files([path for path in paths if not path.startswith(SENT_AS_THEY_ARE)])
