"""Words in the class, id and role of an element, and what they suggest about its content."""

from __future__ import annotations

import re

_MAX_NAMES_LENGTH = 240
"""Number of bytes of an element's names that are read."""

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
"""Words grouped by what elements with such names contain; a feature of the model, not a rule."""

GROUP_NAMES = tuple(GROUPS)
_BIT = {word: 1 << i for i, words in enumerate(GROUPS.values()) for word in words.split()}
_CAMEL = re.compile(rb"(?<=[a-z])(?=[A-Z])")
_SEPARATORS = bytes.maketrans(b"-_:/.[]()#", b" " * 10)


def read_names(names: bytes) -> tuple[tuple[str, ...], int]:
    """Return the words of an element's names in lower case, and the bit mask of their `GROUPS`.

    `entry-content` and `entryContent` both give entry, content. The names are UTF-8.
    """
    names = names[:_MAX_NAMES_LENGTH].translate(_SEPARATORS)
    if not names.islower():
        names = _CAMEL.sub(b" ", names).lower()
    words = tuple(names.decode("utf-8", "replace").split())
    bits = 0
    for word in words:
        if word in _BIT:
            bits |= _BIT[word]
    return words, bits
