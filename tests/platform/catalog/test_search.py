"""Chinese search by bigrams."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huaben.catalog.models import Series
from huaben.catalog.search import cut_terms, search_series
from huaben.catalog.services import create_series, update_series
from tests.factories import UserFactory


def test_han_is_cut_into_bigrams_and_other_words_stay_whole():
    assert cut_terms("画皮·灯影 Lantern 第3集") == [
        "画皮",
        "皮",
        "灯影",
        "影",
        "lantern",
        "第",
        "3",
        "集",
    ]


@pytest.mark.django_db
def test_a_series_is_found_by_any_part_of_its_title_genre_creator_or_synopsis():
    creator = UserFactory(display_name="南昌灯影社")
    wanted = create_series(
        creator=creator, title="画皮之夜", synopsis="三年前收下玉佩的人", genres=["ghost"]
    )
    create_series(
        creator=UserFactory(), title="运河十五日", synopsis="A river journey", genres=["mystery"]
    )
    for query in ("画皮", "皮之", "夜", "收下玉佩", "志怪", "Ghost", "灯影社", "画皮 玉佩"):
        assert list(search_series(Series.objects.all(), query)) == [wanted], query
    assert not search_series(Series.objects.all(), "皮画")
    assert not search_series(Series.objects.all(), "，。!&|:*")
    update_series(series=wanted, title="聂小倩")
    assert not search_series(Series.objects.all(), "画皮")
    assert list(search_series(Series.objects.all(), "小倩")) == [wanted]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("title", "queries"),
    [
        ("狐灯", ["狐燈", "狐灯", "燈"]),
        ("开门的人", ["開門的人", "開門", "开门的人"]),
        ("雲裳", ["云裳", "雲裳", "雲"]),
    ],
)
def test_traditional_characters_find_what_simplified_ones_find(title, queries):
    wanted = create_series(creator=UserFactory(), title=title, synopsis="")
    create_series(creator=UserFactory(), title="运河十五日", synopsis="")
    for query in queries:
        assert list(search_series(Series.objects.all(), query)) == [wanted], query


@pytest.mark.django_db
def test_the_title_weighs_more_than_the_synopsis():
    in_synopsis = create_series(creator=UserFactory(), title="旧约", synopsis="关于狐仙的传说")
    in_title = create_series(creator=UserFactory(), title="狐仙", synopsis="一个传说")
    assert list(search_series(Series.objects.all(), "狐仙")) == [in_title, in_synopsis]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["a' or 1=1 --", "((", "画 & !皮", "\\", ":*", "a" * 5000, "\U0001f98a狐", "\u200b"]
)
def test_no_query_is_an_error(query):
    list(search_series(Series.objects.all(), query))


@given(st.text(max_size=200))
def test_cutting_never_fails_and_gives_no_operator(text):
    assert all(term.isalnum() for term in cut_terms(text))
