"""The deployment files that several tests read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tests.deploy import dockerfile

ROOT = Path(__file__).parents[2]
IMAGE = dockerfile.parse((ROOT / "deploy" / "Dockerfile").read_text())
ENVIRONMENT = IMAGE[-1].pairs("ENV")
"""The environment variables that the image sets."""

COMPOSE_TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(COMPOSE_TEXT)
