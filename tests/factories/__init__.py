"""Factories: real rows of the platform, as small as they may be."""

from .accounts import UserFactory
from .catalog import AssetFactory, CutFactory, EpisodeFactory, GenreFactory, SeriesFactory

__all__ = [
    "AssetFactory",
    "CutFactory",
    "EpisodeFactory",
    "GenreFactory",
    "SeriesFactory",
    "UserFactory",
]
