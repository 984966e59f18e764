"""Cuts in every state of review, made by factories; only ``test_cut_lifecycle`` makes films."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from huaben.review.models import Case, CutLabel
from tests.factories import CutFactory

NOTICE = {"zh": "AI生成", "en": "AI-generated"}


@pytest.fixture
def label_cut(db: None) -> Callable[..., CutLabel]:
    """``label_cut(cut, value="1")``: the label as ``review.label_cut`` would have kept it."""

    def label(cut: Any, value: str = "1", **fields: Any) -> CutLabel:
        facts = {
            "asset": cut.asset,
            "sha256": cut.asset.sha256,
            "value": value,
            "notice": NOTICE if value else None,
            "implicit": {"Label": value} if value else None,
            "rules_version": "test",
            "verified_at": timezone.now(),
        }
        return CutLabel.objects.create(cut=cut, **{**facts, **fields})

    return label


@pytest.fixture
def checked_case(label_cut: Callable[..., CutLabel]) -> Callable[..., Case]:
    """``checked_case(risk=0.5)``: a labelled, packaged, checked Cut whose case is open."""

    def make(cut: Any = None, **fields: Any) -> Case:
        cut = cut or CutFactory()
        label_cut(cut)
        facts = {
            "state": "open",
            "verdict": "review",
            "risk": 0.5,
            "versions": {"policy": "test"},
            "sha256": cut.asset.sha256,
            "package_sha256": cut.asset.package_sha256,
            "opened_at": timezone.now(),
            "due_at": timezone.now() + timedelta(hours=8),
        }
        return Case.objects.create(cut=cut, **{**facts, **fields})

    return make
