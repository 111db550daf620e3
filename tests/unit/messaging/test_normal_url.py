"""Addresses of one page have one normal form, those of two articles have two."""

from __future__ import annotations

import pytest
from courlan.clean import TRACKERS_RE
from hypothesis import given
from hypothesis import strategies as st

from services.messaging.urls.normal_form import normal_url
from services.messaging.urls.tracking_parameters import is_tracking

PAGE = "https://coast.example/2031/ferry-back"


@pytest.mark.parametrize(
    "url",
    [
        "http://www.coast.example:80/2031/ferry-back/#top",
        "https://reader@coast.example./2031/ferry-back.html",
        f"{PAGE}?utm_campaign=a&gclid=b&_hsenc=c&Cmp=d&ns_source=e",
        f"{PAGE}?ref=hp-newsletter&source=t.co&via=rss",
        f"{PAGE};jsessionid=0A1B?PHPSESSID=abc&sid=a8f5f167f44f4964e6c998dee827110c",
        "https://coast.example/(S(lit3py55t21z5v55vlm25s55))/2031/ferry-back",
        f"{PAGE}?_=1700000000123",
        f"{PAGE}/amp/?outputType=amp",
        f"{PAGE}.amp.html?amp=1",
        "https://coast.example/amp/2031/ferry-back",
        "https://amp.coast.example/2031/ferry-back",
        "https://www.google.co.uk/amp/s/www.coast.example/2031/ferry-back/amp",
        "https://www.bing.com/amp/s/coast.example/2031/ferry-back?usqp=mq331",
        "https://coast-example.cdn.ampproject.org/v/s/amp.coast.example/2031/ferry-back?amp_js_v=1",
        "https://coast.example/%32031/x/../%66erry-back",
        "https://coast.example//2031//ferry-back/",
        f"{PAGE}/index.html",
        f"{PAGE}?intcmp=a&trackingId=b&sc_src=email_1&spJobID=4&ranMID=5&tduid=6&srnd=premium",
        f"{PAGE}?timestamp=1700000000123&rnd=0.25&cachebust=1700000000",
        f"{PAGE}?s=a8f5f167f44f4964e6c998dee827110c&ASPSESSIONIDQQ=x",
        f"{PAGE}?sref=rss&feature=share&ref_=twitter",
        f"{PAGE}?outputType=amp-type&__amp_source_origin=https://coast.example&markup=amp",
    ],
)
def test_addresses_of_one_page_become_the_same(url: str) -> None:
    assert normal_url(url) == PAGE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/?a=1&b=2", "https://a.example/?b=2&a=1"),
        ("https://a.example/x?q=%c3%a9+b", "https://a.example/x?q=é%20b"),
        ("https://bücher.example/x", "https://xn--bcher-kva.example/x"),
        ("https://BÜCHER.example/x", "https://bücher.example/x"),
        ("https://a.example/strasse%C3%9f", "https://a.example/strasseß"),
        ("https://a.example/#!/news/12?utm_source=x", "https://a.example/#!/news/12/"),
        ("https://a.example/cafe\u0301", "https://a.example/caf\u00e9"),
    ],
)
def test_equivalent_urls_become_the_same(one: str, other: str) -> None:
    assert normal_url(one) == normal_url(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/#!/news/12", "https://a.example/#!/news/13"),
        ("https://a.example/app#/news/12", "https://a.example/app"),
        ("https://a.example/?sid=12", "https://a.example/?sid=13"),
        ("https://a.example/story?cid=12", "https://a.example/story?cid=13"),
        ("https://a.example/?source=12", "https://a.example/?source=13"),
        ("https://a.example/?ref=report.html", "https://a.example/?ref=budget.html"),
        ("https://a.example/?pid=12", "https://a.example/?pid=13"),
        ("https://a.example/a%2Fb", "https://a.example/a/b"),
        ("https://a.example/?q=%2B", "https://a.example/?q=+"),
        ("https://a.example/?q=%E9", "https://a.example/?q=%E8"),
        ("https://a.example/?id=1&id=2", "https://a.example/?id=2&id=1"),
        ("https://faß.example/", "https://fass.example/"),
        ("https://amp.dev/a", "https://dev/a"),
        ("https://a.example/amp", "https://a.example/"),
        ("https://m.a.example/x", "https://a.example/x"),
        ("https://www.google.com/amp/s/a.example/1", "https://www.google.com/amp/s/b.example/1"),
        ("https://a.example/champ", "https://a.example/ch"),
        ("https://a.example/lamp.html", "https://a.example/l.html"),
        ("https://a.example/best-guitar-amp", "https://a.example/best-guitar"),
        ("https://a.example/index.html?id=5", "https://a.example/index.html?id=6"),
        ("https://a.example/?s=12", "https://a.example/?s=13"),
        ("https://a.example/?timestamp=20310617", "https://a.example/?timestamp=20310618"),
        ("https://a.example/?feature=ferries", "https://a.example/?feature=quays"),
        ("https://a.example/?user_id=5", "https://a.example/?user_id=6"),
    ],
)
def test_urls_of_two_pages_stay_different(one: str, other: str) -> None:
    assert normal_url(one) != normal_url(other)


@pytest.mark.parametrize("url", ["urn:x:1", "file:///a%20b", "https://[", "https://a:b/", "x:"])
def test_what_is_no_web_address_is_left_alone(url: str) -> None:
    assert normal_url(url) == url


_PARTS = st.sampled_from(
    ["/", "amp", ".amp", ".html", "..", ".", "%", "%2F", "%e9", "é", "?", "&", "=", "a", "1", "#!/",
     ";sid=1", "(S(a))", "www.", "amp.", "+", "[", ":", "//", "utm_a=", "id=7", "\ud800"]
)  # fmt: skip


@given(st.lists(_PARTS, max_size=12).map("".join), st.sampled_from(["a.example", "www.amp.b.co"]))
def test_the_normal_form_is_its_own_normal_form(rest: str, host: str) -> None:
    once = normal_url(f"https://{host}/{rest}")

    assert normal_url(once) == once


@given(st.integers(10, 10**9), st.integers(10, 10**9), st.sampled_from(["id", "p", "article", "n"]))
def test_numbers_of_articles_are_never_dropped(one: int, other: int, name: str) -> None:
    forms = [normal_url(f"https://a.example/story?{name}={number}") for number in (one, other)]

    assert (forms[0] == forms[1]) == (one == other)


@pytest.mark.parametrize(
    "name",
    ["utm_source", "mtm_campaign", "pk_campaign", "oly_enc_id", "vero_id", "mkt_tok", "mc_eid",
     "itm_source", "ga_source", "xtor", "gclid", "fbclid", "dclid", "twclid", "yclid", "ysclid"]
)  # fmt: skip
def test_tracking_parameters_of_courlan_are_known(name: str) -> None:
    assert TRACKERS_RE.search(name)
    assert is_tracking(name, "12")


@pytest.mark.parametrize("name", ["cid", "uid", "eid", "source", "keyword", "ref"])
def test_names_that_courlan_removes_may_hold_the_number_of_an_article(name: str) -> None:
    assert TRACKERS_RE.search(name)
    assert not is_tracking(name, "12")
