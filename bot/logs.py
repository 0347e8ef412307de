"""Logs as JSON lines with ids only. Nothing that a person typed is ever passed to a log call."""

import logging
import sys

import structlog


def set_up_logs(level: str = "INFO") -> None:
    """Send every log of this process to standard error, one JSON object a line, so that no text can forge a line."""
    shared = [
        structlog.stdlib.add_log_level, structlog.stdlib.add_logger_name, structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.JSONRenderer()],
    ))
    logging.basicConfig(handlers=[handler], level=level, force=True)
    # httpx prints addresses, which may hold tokens; alembic and transformers chat.
    for name in ("httpx", "httpcore", "alembic", "transformers", "sentence_transformers"):
        logging.getLogger(name).setLevel(logging.WARNING)
