"""What was approved before words passed the gate goes on being shown."""

from importlib import import_module

import pytest
from django.apps import apps

from huaben.catalog.models import Choice
from huaben.catalog.words import cuts_with_cleared_words, offered_choices
from huaben.review.models import Case, Decision
from tests.factories import CutFactory, EpisodeFactory, SeriesFactory

pytestmark = pytest.mark.django_db


def test_what_is_approved_is_cleared_and_nothing_else():
    series = SeriesFactory()
    first, second = (EpisodeFactory(series=series, number=number) for number in (1, 2))
    approved, waiting = CutFactory(episode=first), CutFactory(episode=second)
    case = Case.objects.create(cut=approved)
    Case.objects.create(cut=waiting)
    decision = Decision.objects.create(case=case, outcome="approved", automatic=True)
    Case.objects.filter(pk=case.pk).update(state="approved", decision=decision)
    ends = {"series": series, "text": "去"}
    shown = Choice.objects.create(from_episode=first, to_episode=second, seal="去", **ends)
    Choice.objects.create(from_episode=second, to_episode=first, **ends)
    import_module("huaben.review.migrations.0002_words").clear_what_is_approved(apps, None)
    assert list(type(approved).objects.filter(cuts_with_cleared_words())) == [approved]
    assert list(Choice.objects.filter(offered_choices())) == [shown]
