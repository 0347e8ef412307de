"""What the safety screen found in a message: a level, a reason for people and logs, and who is meant."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Concern:
    """One concern. `reason` is a label of ours, such as "suicide-writer", and never the parent's own words."""

    level: str  # crisis, safeguarding, distress or frustration
    reason: str
    about: str | None = None  # child, writer or other

    @property
    def is_urgent(self) -> bool:
        """Whether the crisis numbers and a person are needed now."""
        return self.level in ("crisis", "safeguarding")
