"""TLS and SASL settings, as arguments of the aiokafka clients."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from ..secret_file import read_secret

_PREFIX = "NEWSLOOM_KAFKA_"
PROTOCOLS = ("plaintext", "ssl", "sasl_plaintext", "sasl_ssl")
MECHANISMS = ("SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Security:
    """The credentials and the protocol to connect to a broker with.

    `security` is one of `plaintext`, `ssl` (TLS), `sasl_plaintext` and `sasl_ssl` (SASL needs
    a user). The files are PEM: the certificate authorities for the brokers (None: those of the
    system), the client certificate, and its key (None: in the file of the certificate).
    """

    security: str = "plaintext"
    ca_file: Path | str | None = None
    cert_file: Path | str | None = None
    key_file: Path | str | None = None
    key_password: str | None = None
    sasl_mechanism: str = "SCRAM-SHA-512"
    username: str | None = None
    password: str | None = None

    def options(self) -> dict[str, Any]:
        """Return the arguments that an aiokafka client needs besides its bootstrap servers.

        Raises `ValueError` if an option is invalid or a file can't be used.
        """
        if self.security not in PROTOCOLS:
            raise ValueError(f"security {self.security!r} is none of {', '.join(PROTOCOLS)}.")
        if self.security == "plaintext":
            return {}
        found: dict[str, Any] = {"security_protocol": self.security.upper()}
        if self.security.endswith("ssl"):
            found["ssl_context"] = self._tls()
        if self.security.startswith("sasl_"):
            if self.sasl_mechanism not in MECHANISMS:
                raise ValueError(f"{self.sasl_mechanism!r} is none of {', '.join(MECHANISMS)}.")
            if not self.username or not self.password:
                raise ValueError(f"security {self.security!r} needs a username and a password.")
            found["sasl_mechanism"] = self.sasl_mechanism
            found["sasl_plain_username"] = self.username
            found["sasl_plain_password"] = self.password
        return found

    def _tls(self) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=self._present("ca_file"))
        certificate = self._present("cert_file")
        if certificate:
            try:
                context.load_cert_chain(
                    certificate,
                    self._present("key_file"),
                    # Without a callback OpenSSL would prompt for a password in the terminal.
                    lambda: self.key_password or "",
                )
            except ssl.SSLError as error:
                raise ValueError(
                    f"{certificate} ({_PREFIX}CERT_FILE) and its key can't be used: "
                    f"{error.reason or 'they are not PEM, or the password is wrong'}."
                ) from error
        return context

    def _present(self, name: str) -> str | None:
        named: Path | str | None = getattr(self, name)
        if named is None:
            return None
        variable = f"{_PREFIX}{name.upper()}"
        try:
            text = Path(named).read_bytes()
        except OSError as error:
            raise ValueError(f"{named} ({variable}) can't be read: {error.strerror}.") from error
        if b"-----BEGIN" not in text:
            raise ValueError(f"{named} ({variable}) is not a PEM file.")
        return str(named)


def from_environment(environ: Mapping[str, str]) -> Security:
    """Read NEWSLOOM_KAFKA_SECURITY and the variables that belong to it.

    A password may be in a file, named by the variable with the suffix `_FILE`. Raises
    `ValueError` if that file can't be read.
    """
    found = {}
    for field in fields(Security):
        name = f"{_PREFIX}{field.name.upper()}"
        if environ.get(name):
            found[field.name] = environ[name]
        elif field.name.endswith("password") and environ.get(f"{name}_FILE"):
            found[field.name] = read_secret(f"{name}_FILE", Path(environ[f"{name}_FILE"]))
    return Security(**found)
