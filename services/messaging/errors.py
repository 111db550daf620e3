"""The reasons for dead letters, and the exceptions of the project."""

from __future__ import annotations

from enum import StrEnum

from schemas.dead_letter import Outcome


class Reason(StrEnum):
    """Reason codes of dead letters; `docs/dead-letters.md` explains what to do about each."""

    # Filtered: the message is valid, but there is nothing to publish.
    TOO_SHORT = "too_short"
    EMPTY = "empty"
    LOGIN_PAGE = "login_page"
    INDEX_PAGE = "index_page"
    UNCHANGED = "unchanged"

    # Failed: the message could not be processed.
    NULL_VALUE = "null_value"
    NOT_JSON = "not_json"
    BAD_ENVELOPE = "bad_envelope"
    BAD_CONTENT_TYPE = "bad_content_type"
    BAD_ENCODING = "bad_encoding"
    BAD_FIELDS = "bad_fields"
    NAIVE_TIME = "naive_time"
    IMPOSSIBLE_DATE = "impossible_date"
    TOO_LARGE = "too_large"
    TIMEOUT = "timeout"
    PROCESSING = "processing"


FILTERED = frozenset(
    {Reason.TOO_SHORT, Reason.EMPTY, Reason.LOGIN_PAGE, Reason.INDEX_PAGE, Reason.UNCHANGED}
)


def outcome_of(reason: Reason) -> Outcome:
    """Return whether a message with this reason was filtered or has failed."""
    return Outcome.FILTERED if reason in FILTERED else Outcome.FAILED


EXIT_POISON = 65
"""Exit status of a worker that stopped because too many messages failed (EX_DATAERR). A restart
does not help: somebody has to look at it."""

EXIT_CRASH = 70
"""Exit status of a worker that could not keep the delivery guarantee (EX_SOFTWARE)."""


class NewsloomError(Exception):
    """Base class of the project's errors; the message is one sentence for the user."""


class Rejected(NewsloomError):  # noqa: N818 - an outcome of processing, not a malfunction
    """The message becomes a dead letter: another attempt would have the same result."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail[:2000]


class TransientError(NewsloomError):
    """A temporary failure, for example an unavailable resource: another attempt may succeed."""


class UndeliveredError(NewsloomError):
    """The broker did not acknowledge a message in time."""


class UsageError(NewsloomError):
    """A command can't be executed; the message says why and what to do about it."""
