"""A Faust schema that hands records through undecoded."""

from __future__ import annotations

from typing import Any

import faust


class RawSchema(faust.Schema):  # type: ignore[type-arg]  # Faust's generics are not subscriptable
    """Passes the whole record through.

    Plain Faust hides a record that can't be decoded and may stop the agent. Here decoding is
    the stage's, so nothing is raised before the stage sees the record.
    """

    def loads_key(self, app: Any, message: Any, **_: Any) -> Any:  # noqa: ARG002
        """Return the key's bytes."""
        return message.key

    def loads_value(self, app: Any, message: Any, **_: Any) -> Any:  # noqa: ARG002
        """Return the record itself; Faust would skip a null value."""
        return message
