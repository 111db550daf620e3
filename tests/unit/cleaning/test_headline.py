"""The headline of scraped text is found by what it is, not as the first line."""

from __future__ import annotations

import pytest

from services.cleaning.core import CleanedPage, clean_page
from tests.unit.cleaning.sample_pages import PARAGRAPHS, TITLE

BEFORE = [
    "Jump to the content of this page",
    "Search all of our stories",
    "Wednesday 4 May 2025 Port Lind",
    "News > Islands > Transport > Ferries",
    "Advertisement for our partners",
    "More from the coast and the islands",
    "Listen to the story of the day",
]
KOREAN = [
    "본문 바로가기", "외딴 섬 여객선 2년 만에 다시 운항", "홍길동 기자",
    "폭풍으로 부두가 무너진 지 2년 만에 외딴 섬 여객선이 월요일부터 운항한다고 군청이 밝혔다.",
    "여객선은 하루 여섯 차례 해협을 건너며 승용차 마흔 대를 싣는다. 섬 주민은 무료로 탈 수 있다.",
    "두 번째 배는 가을에 들어올 예정이며, 군청은 새 부두 공사에도 예산을 쓰겠다고 덧붙였다.",
]  # fmt: skip
CHINESE = [
    "跳至正文", "外岛渡轮时隔两年恢复航行", "记者 王小明",
    "县政府表示，在风暴摧毁码头两年之后，开往外岛的渡轮将从星期一起恢复航行，每天往返六次。",
    "渡轮可以搭载四十辆汽车，岛上居民可以免费乘坐。第二艘船将于秋季投入使用，码头也将重建。",
    "面包店老板说，她两年来只能靠渔船把面包送到岛上，因此失去了大陆上一半的老顾客。",
]  # fmt: skip


def title_of(lines: list[str], stated: str | None = None) -> str:
    page = clean_page(
        html=None, text="\n".join(lines), url="https://coastcourier.example/1", title=stated
    )
    assert isinstance(page, CleanedPage)
    return page.title


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("byline", [[], ["By Ida Falk"]])
def test_lines_before_the_headline_are_not_taken_for_it(before: str, byline: list[str]) -> None:
    assert title_of([before, "Menu", TITLE, *byline, *PARAGRAPHS]) == TITLE


def test_headline_is_found_among_all_of_them() -> None:
    assert title_of([*BEFORE, TITLE, "By Ida Falk", *PARAGRAPHS]) == TITLE


def test_headline_that_is_repeated_with_the_site_is_found_without_it() -> None:
    assert title_of([f"{TITLE} | Coast Courier", "Menu", TITLE, *PARAGRAPHS]) == TITLE


@pytest.mark.parametrize("lines", [KOREAN, CHINESE])
def test_headlines_of_east_asian_texts_are_found(lines: list[str]) -> None:
    assert title_of(lines) == lines[1]


@pytest.mark.parametrize("stated", [f"{TITLE} - Coast Courier", f"<b>{TITLE}</b>", TITLE])
def test_title_of_the_feed_is_used_without_the_site(stated: str) -> None:
    assert title_of(list(PARAGRAPHS), stated) == TITLE


def test_title_of_the_feed_is_cut_to_the_line_of_the_text() -> None:
    assert title_of([TITLE, *PARAGRAPHS], f"{TITLE} - Holt Evening News") == TITLE
