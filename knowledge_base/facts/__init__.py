"""The checked facts that entries rest on. Each has citations and the pages that support it."""

from functools import lru_cache
from pathlib import Path

import yaml

HERE = Path(__file__).parent


@lru_cache
def facts() -> dict[str, dict]:
    """Every fact by id."""
    rows = [row for path in sorted(HERE.glob("*.yaml")) for row in yaml.safe_load(path.read_text(encoding="utf-8"))]
    return {row["id"]: row for row in rows}
