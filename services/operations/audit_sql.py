"""SQL statements of the temporary database of `services.operations.audit.DeliveryAudit`."""

from __future__ import annotations

from schemas.topics import ENRICHED, RAW

TABLES = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -64000;
CREATE TABLE raw (position INTEGER PRIMARY KEY, key INTEGER, content INTEGER, settled INTEGER);
CREATE TABLE way (key INTEGER PRIMARY KEY);
CREATE TABLE outcome (
  position INTEGER, key INTEGER, kind TEXT, event INTEGER, content INTEGER, attempt INTEGER,
  article INTEGER, revision INTEGER, sequence INTEGER, place INTEGER
);
"""

JOIN = """
CREATE INDEX raw_key ON raw (key);
UPDATE outcome SET position = (SELECT raw.position FROM raw WHERE raw.key = outcome.key)
  WHERE position IS NULL AND key IS NOT NULL;
UPDATE outcome SET position = NULL
  WHERE position NOT IN (SELECT position FROM raw);
CREATE INDEX outcome_position ON outcome (position);
CREATE VIEW known AS SELECT * FROM outcome WHERE position IS NOT NULL;
CREATE VIEW open AS SELECT * FROM raw
  WHERE NOT EXISTS (SELECT 1 FROM outcome WHERE outcome.position = raw.position);
"""

LOST = "settled AND coalesce(key NOT IN (SELECT key FROM way), true)"

OUTCOMES = """
SELECT kind, count(DISTINCT position) FROM known
  WHERE attempt = (SELECT max(attempt) FROM outcome o WHERE o.position = known.position)
  GROUP BY kind ORDER BY kind
"""

REDELIVERED = """
SELECT (SELECT count(*) FROM known) -
  (SELECT count(*) FROM (SELECT DISTINCT position, event, content FROM known))
"""

FAULTS = {
    "lost": f"SELECT '{RAW.name}', position FROM open WHERE {LOST}",
    # Three kinds of contradiction: two outcomes of one message without a redrive between them; one
    # event with two contents; one revision with a new outcome and no other revision in between.
    "doubled": f"""
      SELECT '{RAW.name}', min(position) FROM (
        SELECT position FROM (SELECT DISTINCT position, attempt, event, content FROM known)
          GROUP BY position, attempt HAVING count(*) > 1
        UNION
        SELECT max(position) FROM known WHERE article IS NOT NULL
          GROUP BY event HAVING count(DISTINCT content) > 1
        UNION
        SELECT position FROM (
          SELECT position, revision,
              lag(revision) OVER (PARTITION BY article ORDER BY sequence) AS before
            FROM (SELECT DISTINCT article, sequence, revision, position
              FROM known WHERE article IS NOT NULL)
        ) WHERE revision = before
      ) GROUP BY position
    """,
    "out_of_order": f"""
      SELECT '{ENRICHED.name}', place FROM (
        SELECT place, sequence,
            max(sequence) OVER (PARTITION BY article ORDER BY place) AS highest
          FROM (SELECT min(place) AS place, article, sequence
            FROM known WHERE article IS NOT NULL GROUP BY article, sequence)
      ) WHERE sequence < highest
    """,
}

PUBLISHED_AGAIN = "SELECT count(content) - count(DISTINCT content) FROM raw"
IN_FLIGHT = f"SELECT count(*) FROM open WHERE NOT ({LOST})"


def counted(fault: str) -> str:
    """Return the statement that counts the cases of a fault."""
    return f"SELECT count(*) FROM ({FAULTS[fault]})"
