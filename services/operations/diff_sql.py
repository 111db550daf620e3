"""The queries of `services.operations.diff.Comparison` on its temporary database."""

from __future__ import annotations

LONGEST_CHAIN = 1000
"""Merges followed from one story to the next at most; a cycle of them would have no end."""

TABLES = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -64000;
CREATE TABLE message (
  side INTEGER, article TEXT, ingested INTEGER, outcome TEXT, digests BLOB,
  PRIMARY KEY (side, article, ingested)
) WITHOUT ROWID;
CREATE TABLE member (
  side INTEGER, article TEXT, story TEXT, PRIMARY KEY (side, article)
) WITHOUT ROWID;
CREATE TABLE merged (
  side INTEGER, story TEXT, target TEXT, PRIMARY KEY (side, story)
) WITHOUT ROWID;
CREATE TABLE listed (
  side INTEGER, article TEXT, story TEXT, PRIMARY KEY (side, article, story)
) WITHOUT ROWID;
CREATE INDEX listed_story ON listed (side, story);
"""

MESSAGE = """
INSERT INTO message VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
  SET outcome = excluded.outcome, digests = excluded.digests
  WHERE excluded.digests IS NOT NULL OR message.digests IS NULL
"""
MEMBER = "INSERT OR REPLACE INTO member VALUES (?, ?, ?)"
UNLIST = "DELETE FROM listed WHERE side = ? AND story = ?"
MERGED = "INSERT OR REPLACE INTO merged VALUES (?, ?, ?)"
LISTED = "INSERT OR REPLACE INTO listed VALUES (?, ?, ?)"

FOLLOW_MERGES = """
UPDATE member SET story = merged.target FROM merged
  WHERE merged.side = member.side AND merged.story = member.story AND merged.target IS NOT NULL
"""
FOLLOW_LISTS = """
UPDATE member SET story = listed.story FROM listed
  WHERE listed.side = member.side AND listed.article = member.article
"""

PAIRING = (
    """
CREATE TEMP TABLE placed AS
  SELECT article, a.story AS this, b.story AS that FROM member a JOIN member b USING (article)
  WHERE a.side = 0 AND b.side = 1 AND (a.story IS NOT NULL OR b.story IS NOT NULL)
""",
    "CREATE TEMP TABLE pair (this TEXT UNIQUE, that TEXT UNIQUE)",
    # The largest overlap first; a story that has its pair already is passed over.
    """
INSERT OR IGNORE INTO pair SELECT this, that FROM placed
  WHERE this IS NOT NULL AND that IS NOT NULL
  GROUP BY this, that ORDER BY count(*) DESC, this, that
""",
    """
CREATE TEMP TABLE moved AS SELECT article FROM placed
  WHERE NOT EXISTS (SELECT 1 FROM pair WHERE pair.this = placed.this AND pair.that = placed.that)
""",
)

_BOTH = "FROM message a JOIN message b USING (article, ingested) WHERE a.side = 0 AND b.side = 1"
COMPARED = f"SELECT count(*) {_BOTH}"
DIFFERING = f"""
SELECT article, a.outcome, b.outcome, a.digests, b.digests {_BOTH}
  AND (a.outcome != b.outcome OR a.digests IS NOT b.digests)
"""
MOVED = "SELECT article FROM moved ORDER BY article LIMIT 3"


# Parameter: the side.
ONLY = """
SELECT count(*) FROM message a WHERE side = :side AND NOT EXISTS
  (SELECT 1 FROM message b WHERE b.side = 1 - :side
    AND b.article = a.article AND b.ingested = a.ingested)
"""
STORIES = "SELECT count(DISTINCT story) FROM member WHERE side = :side"
