"""Structured logs. A request's id is bound to every line written while it is served, and follows
its jobs.
"""

from __future__ import annotations

import logging
import re

import structlog
from structlog.typing import Processor

_SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def formatter(style: str = "json") -> logging.Formatter:
    """Return the formatter of every handler: one JSON object a line, or ``plain`` lines to read."""
    last: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if style == "json"
        else structlog.dev.ConsoleRenderer(
            colors=False,
            pad_event_to=0,
            pad_level=False,
            exception_formatter=structlog.dev.plain_traceback,
        )
    )
    processors: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if style == "json":
        processors.append(structlog.processors.format_exc_info)
    return _Redacting(foreign_pre_chain=_SHARED, processors=[*processors, last])


class _Redacting(structlog.stdlib.ProcessorFormatter):
    """Whoever wrote the line, Django's own loggers among them, the secrets of links stay out."""

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))


def configure() -> None:
    """Send structlog's own loggers through the standard library's handlers."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


# A signature or a secret token; ids are shorter.
_SECRET = re.compile(r"[\w.~-]{40,}")


# The same within a line, where dotted names of Python are as long: after a slash or an equals sign,
# also as an address encodes them.
_SECRET_IN_LINE = re.compile(
    r"(?<=[/=])[\w.~:-]{40,}|(?<=%2F)[\w.~:-]{40,}|(?<=%3D)[\w.~:-]{40,}", re.I
)


def without_secrets(line: str) -> str:
    """A line of log without the secrets of the addresses that stand in it."""
    return _SECRET_IN_LINE.sub("…", line)


def path_for_logs(path: str) -> str:
    """An address without the secrets that stand in it."""
    return _SECRET.sub("…", path)


def current_request_id() -> str:
    """The id of the request, or of the request that a running job came from; empty outside both."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))
