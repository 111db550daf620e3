"""The settings' credentials in the form that Faust takes."""

from __future__ import annotations

from typing import Any

import faust

from services.kafka import security
from services.settings import Settings


def faust_credentials(bootstrap: str, config: Settings) -> Any:
    """Return Faust credentials for the servers in `bootstrap`; None without TLS and SASL.

    Raises `UsageError` if a file that a setting names can't be read.
    """
    options = security.options(bootstrap, config)
    if "sasl_mechanism" in options:
        return faust.SASLCredentials(
            username=options["sasl_plain_username"],
            password=options["sasl_plain_password"],
            mechanism=options["sasl_mechanism"],
            ssl_context=options.get("ssl_context"),
        )
    return faust.SSLCredentials(options["ssl_context"]) if options else None
