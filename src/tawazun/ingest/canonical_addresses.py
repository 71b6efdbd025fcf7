"""Turns addresses into the form in which those of one page are equal."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

_TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|ocid|ref|amp)$")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$")


def canonical_address(url: str | None) -> str | None:
    """Returns an address without scheme, `www.` and the like, fragment, trailing slash and what tracks readers; None for a host alone."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        host = re.sub(r"^(?:www|m|mobile|amp)\.", "", (parts.hostname or "").lower())
    except ValueError:
        return None
    path = re.sub(r"/amp$", "", _INDEX.sub("", parts.path).rstrip("/"))
    query = urlencode(sorted((name, value) for name, value in parse_qsl(parts.query) if not _TRACKING.match(name.lower())))
    return f"{host}{path}{'?' + query if query else ''}" if host and (path or query) else None
