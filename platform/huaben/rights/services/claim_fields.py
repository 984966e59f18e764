"""Checks of what people write about claims: texts, links and the declaration of good faith."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from huaben.core.localized import LocalizedText
from huaben.core.problems import Problem

MAX_PROOFS = 10
MAX_LINK_LENGTH = 500


def clean_text(field: str, text: str) -> str:
    """A text without space around it. Raises Problem ``text_needed`` for none."""
    if not text.strip():
        message = LocalizedText("这一项要写", "This is needed")
        raise Problem(
            "text_needed", message, errors=[{"field": field, "message": message.localized()}]
        )
    return text.strip()


def ensure_good_faith(declared: bool) -> None:
    """Raise Problem ``good_faith_needed`` unless it was declared."""
    if not declared:
        message = LocalizedText("请声明所述属实", "Please declare that what you say is true")
        raise Problem(
            "good_faith_needed",
            message,
            errors=[{"field": "good_faith", "message": message.localized()}],
        )


def clean_proofs(links: Sequence[str]) -> list[str]:
    """Links without the empty ones. Raises Problem ``bad_proof`` for too many, or for what is no
    http(s) address of a host.
    """
    cleaned = [link.strip() for link in links if link.strip()]
    message = LocalizedText(
        "请填 http 或 https 链接，最多 10 条", "Give http or https links, ten at most"
    )
    if len(cleaned) > MAX_PROOFS or not all(_is_link(link) for link in cleaned):
        raise Problem(
            "bad_proof", message, errors=[{"field": "proofs", "message": message.localized()}]
        )
    return cleaned


def _is_link(text: str) -> bool:
    try:
        parts = urlsplit(text)
        port = parts.port  # raises for one that is no port
    except ValueError:
        return False
    # Read by people: no credentials that make one host look like another, no spaces or control
    # characters.
    plain = (
        len(text) <= MAX_LINK_LENGTH
        and text.isprintable()
        and " " not in text
        and "@" not in parts.netloc
    )
    return plain and parts.scheme in ("http", "https") and bool(parts.hostname) and port != 0
