"""Create invented pages for the tests. Their outlets, persons and places do not exist."""

from __future__ import annotations

PARAGRAPHS = (
    (
        "The ferry line to Skarholm reopened on Sunday after two years of repairs, the harbour "
        "office said, and several hundred people waited on the quay for the first boat."
    ),
    (
        "“We waited two years for this,” said Ida Falk, who runs the bakery next to the pier. "
        "“Nobody on the island believed that it would ever come back.”"
    ),
    (
        "Tickets cost nine marks, children travel free, and the first boat leaves at six in the "
        "morning on weekdays, according to the timetable that the company published on Friday."
    ),
    (
        "The repairs were first planned for eight months, but the company found rust in both "
        "engines and had to order new ones from a yard on the mainland."
    ),
    (
        "A second boat, smaller and driven by batteries, is to follow in the autumn if the "
        "council agrees to pay for a charging point at the northern landing."
    ),
)
TITLE = "Ferry line to Skarholm reopens"
_LINKS = "".join(f'<li><a href="/{i}">More news of the day number {i}</a></li>' for i in range(8))


def article_page(
    paragraphs: tuple[str, ...] = PARAGRAPHS, head: str = "", before: str = "", after: str = ""
) -> str:
    """Return a page with the paragraphs, navigation, a share bar, links and a footer."""
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return f"""<!doctype html><html lang="en-GB"><head><title>{TITLE} | Harbour Post</title>{head}
<meta property="og:site_name" content="Harbour Post"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/local">Local</a></li></ul></nav>
<main><article class="story"><h1>{TITLE}</h1>{before}
<div class="share-bar"><a href="#">Share</a> <a href="#">Tweet</a></div>
<div class="article-body">{body}{after}</div></article></main>
<aside class="related"><h3>More news</h3><ul>{_LINKS}</ul></aside>
<footer><p>© 2031 Harbour Post. All rights reserved.</p></footer></body></html>"""
