"""URLs: one normal form for each page, whatever linked it, and the registered domain of its site."""

import re
from functools import cache, lru_cache
from urllib.parse import unquote_plus, urljoin, urlsplit, urlunsplit

import tldextract
from w3lib.url import canonicalize_url

from broadsheet_schemas.accepted import Source

# Names are compared in lower case. Only parameters that count clicks and never choose what is shown: dropping one that does
# would make one document of two. So no `ref`, `source`, `cid` or `campaign`, which sites use for both (and so neither the
# list of the library courlan, which drops those).
# Sources: Firefox's query-stripping list (remote settings, collection `query-stripping`); for the others the manuals of
# their senders: Google Analytics (utm_, _ga, _gl, gad_source, srsltid), Matomo (mtm_, pk_, piwik_), HubSpot (hsa_, _hsmi),
# AT Internet (at_campaign, at_medium, xtor), Adobe (s_cid, cmpid), Mailchimp (mc_cid), Webtrekk (wt_mc), LinkedIn, TikTok.
TRACKING_PREFIXES = ("utm_", "mtm_", "pk_", "piwik_", "hsa_", "__hs", "oft_", "oly_", "vero_")
"""Beginnings of parameters that only track."""

TRACKING_PARAMETERS = frozenset(
    [
        *("__s", "_ga", "_gl", "_hsenc", "_hsmi", "_openstat", "at_campaign", "at_medium", "cmpid", "dclid", "fbclid"),
        *(
            "gad_source",
            "gbraid",
            "gclid",
            "gclsrc",
            "hsctatracking",
            "igsh",
            "igshid",
            "li_fat_id",
            "mc_cid",
            "mc_eid",
        ),
        *("mkt_tok", "ml_subscriber", "ml_subscriber_hash", "msclkid", "rb_clickid", "s_cid", "srsltid", "ttclid"),
        *("twclid", "wbraid", "wickedid", "wt_mc", "xtor", "yclid", "ysclid"),
    ]
)
"""Parameters that only track."""

DEFAULT_PORTS = {"http": ":80", "https": ":443"}

MAX_URL_CHARACTERS = 8000
"""Longer URLs have no canonical form: servers need not take more (RFC 9110, section 4.1), and w3lib's time is not linear."""

_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_-])?|[0-9a-f.]*:[0-9a-f:.]+")

_PLAIN = re.compile(r"(https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)((?:/(?!\.)[A-Za-z0-9._~,:+=@-]*)*)(?:#[!-~]*)?")
"""A URL whose normal form is itself, but for an empty path and a fragment: nothing to lower, quote, sort, resolve or drop.

Nine links of ten are one (16,498 links of 100 news pages); telling so takes 1 microsecond, the full way 20 and more.
"""


def source_of(url: str | None) -> Source:
    """Say where a page comes from.

    A URL that is not http or https, or is none, is kept as published; it has no canonical form and no domain.
    """
    canonical = canonical_url(url) if url else None
    domain = registered_domain(canonical) if canonical else None
    return Source(url=url, canonical_url=canonical, domain=domain)


def canonical_url(url: str) -> str | None:
    """Give the normal form of an http or https URL, or None for any other text and for one of absurd length.

    Scheme and host in lower case and ASCII, no default port, no credentials, no dot segments, percent-encoding in one form,
    parameters sorted and without those that only track, no fragment. The normal form of a normal form is itself.
    """
    if len(url) > MAX_URL_CHARACTERS:
        return None
    plain = _PLAIN.fullmatch(url)
    return plain[1] + (plain[2] or "/") if plain else _normalized(url)


def absolute_url(target: str, page_url: str | None) -> str | None:
    """Give the normal form of a link's target, resolved against the URL of the page that it stands on.

    Args:
        target: the link as markup has it; any text will do.
        page_url: where the page was fetched, as published; any text, or None where it is unknown.

    Returns:
        The URL as `canonical_url` gives it, or None: no http or https URL, or a relative one without a page to resolve it.
    """
    target = target.strip()
    plain = _PLAIN.fullmatch(target)
    if plain or page_url is None:
        return canonical_url(target)
    base, origin = _base(page_url)
    if target.startswith("/") and not target.startswith("//"):
        return canonical_url(origin + target)
    try:
        return canonical_url(urljoin(base, target))
    except ValueError:  # such as an unclosed [ of an IPv6 address
        return None


@lru_cache(maxsize=8)
def _base(page_url: str) -> tuple[str, str]:
    """Give what a page's links are relative to, and its scheme and host; both are empty where the URL is no web address."""
    base = canonical_url(page_url) or ""
    return base, base[: base.index("/", len("https://"))] if base else ""


def _normalized(url: str) -> str | None:
    """Give the normal form of any URL, the full way."""
    try:
        parts = urlsplit(canonicalize_url(url.strip()))
    except ValueError:
        return None
    if parts.scheme not in DEFAULT_PORTS or not _HOST.fullmatch(parts.hostname or ""):
        return None
    netloc = parts.netloc.rpartition("@")[2].removesuffix(DEFAULT_PORTS[parts.scheme])
    return urlunsplit((parts.scheme, netloc, parts.path, _without_tracking(parts.query), ""))


def registered_domain(url: str) -> str | None:
    """Give the registered domain of a URL by the public suffix list; None for an IP address or a name of one label.

    A name under no listed suffix (`news.example`, a host of an intranet) falls under the list's default rule, `*`: its last
    label is the suffix. tldextract leaves that rule out.
    """
    parts = suffix_list()(url)
    if parts.suffix:
        return parts.top_domain_under_public_suffix or None
    if parts.ipv4 or parts.ipv6 or not parts.subdomain:
        return None
    return f"{parts.subdomain.rpartition('.')[2]}.{parts.domain}"


@cache
def suffix_list() -> tldextract.TLDExtract:
    """Load the public suffix list that ships with tldextract; it never asks the network, nor writes a file."""
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def _without_tracking(query: str) -> str:
    return "&".join(parameter for parameter in query.split("&") if not _tracks(parameter))


def _tracks(parameter: str) -> bool:
    name = unquote_plus(parameter.partition("=")[0]).lower()
    return name in TRACKING_PARAMETERS or name.startswith(TRACKING_PREFIXES)
