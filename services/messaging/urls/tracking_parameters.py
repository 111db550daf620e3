"""Query parameters that say how a reader came to a page, not which page it is.

The list is the project's own, and not a library's: ids are made from it, so it must not change
with an update, and the lists of `courlan` or `detrack` have names under which sites also keep
the number of an article (`cid`, `pid`, `uid`, `eid`, `sid`, `source`). Here such a name counts only
with a value that no article has. `test_tracking_parameters.py` compares the list with `courlan`'s.
"""

from __future__ import annotations

import re
from typing import Final

_PREFIXES: Final = (
    "utm_", "utm-", "mtm_", "matomo_", "piwik_", "hsa_", "itm_", "ns_", "amp_", "oly_",
    "vero_", "mc_", "_hs", "__hs", "_ga", "_gl", "_gac", "fb_action_", "fb_ref", "fb_source",
    "guce_", "gad_", "wt.", "elq", "at_medium", "at_campaign", "at_custom", "at_link", "at_ptr",
    "at_bbc", "at_format", "at_creation", "at_recipient", "at_send", "at_email", "at_variant",
    "trk_", "trkcampaign", "pf_rd_", "aspsessionid", "bsft_", "_branch_", "mkt_",
    "ga_", "_bta_", "ir_campaign", "ir_ad", "adobe_mc", "dm_i", "ml_subscriber",
    "sc_campaign", "sc_src", "sc_lid", "sc_llid", "sc_uid", "sc_eh", "sc_customer", "__amp_",
    "action_object_map", "action_type_map", "action_ref_map", "__cft__", "__tn__", "tblci",
)  # fmt: skip

_NAMES: Final = frozenset([
    # click ids of advertisers and social networks
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "twclid", "ttclid",
    "yclid", "ysclid", "igshid", "igsh", "li_fat_id", "sccid", "epik", "wickedid", "srsltid",
    "rdt_cid", "qclid", "tgclid", "irclickid", "cjevent", "cjdata", "awc", "zanpid", "ef_id",
    "s_kwcid", "clickid", "partnerid", "obclid", "dicbo", "mibextid", "_openstat",
    # web analytics
    "pk_campaign", "pk_kwd", "pk_keyword", "pk_source", "pk_medium", "pk_content", "pk_cid",
    "pk_vid", "xtor", "xtcr", "xts", "wt_mc", "wt_zmc", "wtmc", "wt_mc_o", "s_cid", "s_ppv", "ncid",
    "ocid", "cmpid", "cmp", "icid", "intcid", "int_cid", "int_campaign", "int_source", "int_medium",
    "cm_mmc", "cm_ven", "cm_cat", "cm_ite", "cm_sp", "__s", "_ke", "spm", "scm", "yptr", "ftag",
    "trk", "trkinfo", "guccounter", "sr_share", "sr_source", "__twitter_impression", "rss_source",
    "cvid", "ito", "smid", "smtyp", "emc", "nl_id", "nlid", "newsletter_id",
    "hootpostid", "sharetype", "sharetoken", "share_token", "share_id", "wprov", "usqp", "ved",
    "sca_esv", "tw_source", "tw_campaign", "tw_medium", "__xts__", "hss_channel", "rb_clickid",
    "soc_src", "soc_trk", "mbid", "cndid", "tpcc", "taid", "traffic_source",
    "gs_lcrp", "gs_lp", "ceid", "dtm_em", "mailid", "xg_source", "print_source",
    "hsctatracking", "promo_code", "giftcode", "unlocked_article_code", "gift", "leadsource",
    "ad_name", "adset_id", "adset_name",
    "fromsource", "refsrc", "ref_src", "ref_url", "referer", "referrer",
    "intcmp", "int_cmp", "trackid", "trackingid", "spjobid", "spuserid", "spmailingid",
    "spreportid", "emci", "emdi", "ck_subscriber_id", "_lrsc", "sxsrf", "cn-reloaded",
    "fb_comment_id", "_bhlid", "deliveryname", "tduid", "irgwc", "ranmid", "raneaid", "ransiteid",
    "srnd", "ftcamp", "pgtype", "ssrc", "regi_id", "utm", "ss_source",
    "ss_campaign_id", "ss_email_id",
    "si", "noredirect", "nonamp", "noamp", "no_redirect",
    # sessions
    "phpsessid", "jsessionid", "cfid", "cftoken", "aspsessionid", "zenid", "osc_session",
])  # fmt: skip
"""Names in lower case, whatever the value."""

_SOURCES: Final = re.compile(
    r"(?:[a-z0-9]+[._-])?(?:rss|feed|feedburner|atom|twitter|t\.co|facebook|fb|linkedin|whatsapp|"
    r"telegram|reddit|pinterest|instagram|flipboard|google|googlenews|gnews|bing|yahoo|msn|"
    r"applenews|smartnews|e?mail|newsletter|nl|social|share|sharing|shared|copy|copylink|"
    r"home|homepage|hp|front|frontpage|nav|menu|search|related|recirc|mostpopular|mostread|"
    r"trending|push|notification|app|mobile|desktop|widget|sidebar|footer|header|direct|"
    r"organic|referral|hn|hackernews|syndication)(?:[._-][a-z]+)?"
    r"|(?:https?://)?(?:[a-z0-9-]+\.)+(?!(?:[jx]?html?|php|aspx?|jsp|xml|pdf|txt|json|do)/?$)"
    r"[a-z]{2,6}/?",
    re.IGNORECASE,
)
_SOURCE_NAMES: Final = frozenset(
    ["ref", "ref_", "sref", "oref", "tsrc", "feature",
     "source", "src", "from", "via", "share", "medium", "channel", "cid", "rel", "origin",
     "xid", "mod", "partner", "platform", "smm"]
)  # fmt: skip
"""Names under which sites keep other things too: they count with the name of a source only."""

_SESSION_NAMES: Final = frozenset(
    ["sid", "sessid", "session", "sessionid", "session_id", "session-id", "oscsid", "si", "s"]
)
_SESSION_ID: Final = re.compile(r"(?=[a-z]*\d)(?=\d*[a-z])[0-9a-z]{20,}", re.IGNORECASE)
_CLOCK_NAMES: Final = frozenset([
    "_", "_t", "cb", "cachebuster", "cachebust", "cache_bust", "nocache", "rand", "rnd", "random",
    "timestamp", "ts",
])  # fmt: skip
_CLOCK: Final = re.compile(r"1\d{9}(?:\d{3})?|0\.\d+")


def is_tracking(name: str, value: str) -> bool:
    """Return whether a parameter does not tell which page it is."""
    name = name.lower()
    return (
        name in _NAMES
        or name.startswith(_PREFIXES)
        or (name in _SOURCE_NAMES and _SOURCES.fullmatch(value) is not None)
        or (name in _SESSION_NAMES and _SESSION_ID.fullmatch(value) is not None)
        or (name in _CLOCK_NAMES and _CLOCK.fullmatch(value) is not None)
    )
