"""Regular expressions kept as data beside the module that uses them."""

import re
from functools import lru_cache
from typing import Any

import yaml

from knowledge_base import HOME


@lru_cache
def patterns(name: str) -> dict[str, Any]:
    """The patterns of knowledge_base/`name`.yaml. A pattern may run over several lines."""
    return yaml.safe_load((HOME / f"{name}.yaml").read_text(encoding="utf-8"))


def words(text: str) -> re.Pattern:
    """A pattern whose alternatives are met at a word's beginning and end; line breaks mean nothing, spaces do."""
    joined = text.replace("\n", "")
    return re.compile(rf"\b(?:{joined})\b", re.I)
