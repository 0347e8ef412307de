"""The skills that Rasa calls: one a file, thin, without state. Importing this package registers them all."""

from actions import answer, area, handoff, scope, session

__all__ = ["answer", "area", "handoff", "scope", "session"]
