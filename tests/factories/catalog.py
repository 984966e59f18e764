import hashlib

import factory

from huaben.catalog.models import Cut, Episode, Genre, Series
from huaben.media.models import Asset

from .accounts import UserFactory


class GenreFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Genre
        django_get_or_create = ["slug"]

    slug = "ghost"
    name_zh = "志怪"
    name_en = "Ghost"


class SeriesFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Series

    creator = factory.SubFactory(UserFactory)
    title = factory.Sequence(lambda n: f"灯影 {n}")


class EpisodeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Episode

    series = factory.SubFactory(SeriesFactory)
    number = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"第 {n} 集")


class AssetFactory(factory.django.DjangoModelFactory):
    """A packaged asset whose files are only named; tests that play them package a real file."""

    class Meta:
        model = Asset

    owner = factory.SubFactory(UserFactory)
    state = Asset.State.READY
    file = factory.Sequence(lambda n: f"sources/{n}.mp4")
    sha256 = factory.Sequence(lambda n: hashlib.sha256(f"source {n}".encode()).hexdigest())
    package = factory.Sequence(lambda n: f"packages/{n}")
    package_sha256 = factory.Sequence(lambda n: hashlib.sha256(f"package {n}".encode()).hexdigest())
    size = 1000
    width, height, duration_ms, has_audio = 720, 1280, 60_000, True


class CutFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Cut

    episode = factory.SubFactory(EpisodeFactory)
    number = 1
    origin = Cut.Origin.GENERATED
    source = factory.SubFactory(AssetFactory)
    asset = factory.SelfAttribute("source")
    declaration = Cut.Declaration.AI
