"""What the class, id and role of an element say about its content."""

from __future__ import annotations

import re
from functools import lru_cache

_MAX_KEY = 240
"""Characters of an element's names that are looked at."""

_MAX_TOKEN = 80

GROUPS: dict[str, str] = {
    "body": "article articlebody body content copy entry main markdown paragraph post prose rich "
    "story storybody text richtext articletext maincontent postcontent entrycontent",
    "comment": "comment comments commentlist disqus reply replies respond discussion thread forum",
    "share": "share sharing social follow facebook twitter pinterest whatsapp linkedin sharedaddy "
    "addtoany sharethis likes addthis",
    "related": "related recommend recommended recommendations more popular trending latest recent "
    "also recirc outbrain taboola teaser teasers card cards grid promo carousel next previous prev "
    "feed suggested similar mostread readmore yarpp jp relatedposts listing archive slider",
    "navigation": "nav navigation menu breadcrumb breadcrumbs pagination pager toolbar navbar "
    "submenu toc skip topics links",
    "aside": "aside sidebar widget widgets rail secondary complementary sticky right infobox",
    "frame": "footer header masthead topbar colophon foot banner bottom copyright legal",
    "meta": "byline author authors bio meta date time timestamp published publish tag tags "
    "category categories kicker dateline avatar info updated posted breadcrumbs label eyebrow "
    "readtime profile contributor",
    "media": "caption captions credit credits image photo gallery figure video media player embed "
    "img picture slideshow thumb thumbnail audio attachment",
    "advert": "ad ads adv advert advertisement sponsor sponsored newsletter subscribe subscription "
    "signup promotion donate cta cookie cookies consent gdpr modal popup overlay login form "
    "optin mailchimp banner alert disclaimer",
    "paywall": "paywall premium locked subscriber teaser regwall meter",
    "hidden": "hidden hide sr screenreader visuallyhidden assistive offscreen invisible",
    "headline": "headline title heading subtitle standfirst dek deck subhead summary lead lede "
    "intro excerpt abstract",
    "quote": "quote pullquote blockquote tweet instagram",
}
"""Groups of words, by what elements so named hold; a hint to the model, never a rule."""

GROUP_NAMES = tuple(GROUPS)
_BIT = {word: 1 << i for i, words in enumerate(GROUPS.values()) for word in words.split()}
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MARKS = str.maketrans("-_:/.[]()#", " " * 10)


@lru_cache(maxsize=50_000)
def _token_words(token: str) -> tuple[tuple[str, ...], int]:
    """Words of one class or id, and their groups."""
    token = token[:_MAX_TOKEN].translate(_MARKS)
    if not token.islower():
        token = _CAMEL.sub(" ", token).lower()
    words = tuple(token.split())
    bits = 0
    for word in words:
        bits |= _BIT.get(word, 0)
    return words, bits


def name_words(key: str) -> list[str]:
    """Lower-case words of an element's names: `entry-content`, `entryContent` → entry, content."""
    return [word for token in key[:_MAX_KEY].split() for word in _token_words(token)[0]]


def name_groups(key: str) -> int:
    """Bit mask of the `GROUPS` that the names touch."""
    bits = 0
    for token in key[:_MAX_KEY].split():
        bits |= _token_words(token)[1]
    return bits
