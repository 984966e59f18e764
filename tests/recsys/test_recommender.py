"""A page of the feed."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recsys import (
    AlsSettings,
    FeedRequest,
    Item,
    ReasonKind,
    Recommender,
    TrainSettings,
    WatchEvent,
    train,
)
from recsys.events import events_table
from recsys.recommender import Stages
from recsys.rerank import Rules
from recsys.retrieval import retrieve
from recsys.simulate import simulate_events, simulate_items
from recsys.viewer_profile import build_profile

GENRES = ("志怪", "言情", "悬疑", "喜剧", "武侠")
EPISODES = tuple(f"{genre}-{number}" for genre in GENRES for number in range(6))
NOW = 1_760_000_000.0


def genres(page):
    return [ranked.item_id.split("-")[0] for ranked in page]


def ghost_evening(swipe):
    return (
        swipe("志怪-0"),
        swipe("言情-0", skipped=True),
        swipe("志怪-1"),
        swipe("言情-1", skipped=True),
        swipe("言情-2", skipped=True),
    )


@pytest.mark.parametrize("theatre", ["newborn", "recommender"])
def test_two_ghost_stories_watched_and_three_romances_skipped_turn_the_page(
    theatre, request, swipe
):
    engine = request.getfixturevalue(theatre)
    history = ghost_evening(swipe)
    seen = frozenset(event.group_id for event in history)
    before = genres(engine.recommend(FeedRequest(exclude_groups=seen, limit=8, now=NOW + 60)))
    after = genres(
        engine.recommend(FeedRequest(history=history, exclude_groups=seen, limit=8, now=NOW + 60))
    )
    assert after.count("志怪") > before.count("志怪")
    assert after[:2] == ["志怪", "志怪"]
    assert after.count("志怪") >= 3
    assert after.count("言情") == 0


def test_in_a_theatre_of_twelve_the_page_turns_too(catalogue, swipe):
    twelve = [
        item for item in catalogue if item.genres[0] in GENRES[:3] and int(item.item_id[-1]) < 4
    ]
    engine = Recommender(train(events_table([]), twelve))
    page = genres(engine.recommend(FeedRequest(history=ghost_evening(swipe), limit=5, now=NOW)))
    assert page[0] == "志怪"
    assert "言情" not in page[:4]


def test_the_reason_for_the_turned_page_is_the_genre(newborn, swipe):
    first = newborn.recommend(
        FeedRequest(history=ghost_evening(swipe), limit=3, explore_share=0, now=NOW)
    )[0]
    assert first.reasons[0].kind is ReasonKind.GENRE
    assert first.reasons[0].refs == ("志怪",)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    watched=st.lists(st.sampled_from(EPISODES), max_size=12),
    dismissed=st.lists(st.sampled_from(EPISODES), max_size=4),
    excluded=st.sets(st.sampled_from(EPISODES), max_size=25),
    muted=st.sets(st.sampled_from(GENRES), max_size=2),
    limit=st.integers(1, 40),
    seed=st.integers(0, 1000),
    explore=st.floats(0, 1),
    repeat=st.booleans(),
)
def test_what_was_seen_dismissed_excluded_or_muted_never_returns(
    recommender, swipe, watched, dismissed, excluded, muted, limit, seed, explore, repeat
):
    history = [swipe(name) for name in watched] + [
        swipe(name, kind="dismiss") for name in dismissed
    ]
    asked = FeedRequest(
        history=tuple(history),
        exclude_groups={f"series-{name}" for name in excluded},
        muted_genres=muted,
        limit=limit,
        seed=seed,
        explore_share=explore,
        repeat_seen=repeat,
    )
    page = recommender.recommend(asked)
    names = {ranked.item_id for ranked in page}
    gone = set(dismissed) | excluded | (set() if repeat else set(watched))
    assert not names & gone
    assert not muted & set(genres(page))
    assert len(names) == len(page)
    left = [name for name in EPISODES if name not in gone and name.split("-")[0] not in muted]
    assert len(page) == min(limit, len(left))


def test_reasons_are_true_to_what_made_the_score(recommender, model, swipe):
    history = ghost_evening(swipe)
    liked = {"志怪-0", "志怪-1"}
    page = recommender.recommend(
        FeedRequest(history=history, limit=20, explore_share=0, now=NOW + 60)
    )
    source = {
        ReasonKind.BECAUSE_WATCHED: "neighbours",
        ReasonKind.VIEWERS_LIKE_YOU: "als",
        ReasonKind.GENRE: "content",
        ReasonKind.TAG: "content",
        ReasonKind.SIMILAR_STORY: "content",
        ReasonKind.POPULAR: "popular",
        ReasonKind.NEW: "new",
    }
    items = {item.item_id: item for item in model.items}
    kinds = set()
    for ranked in page:
        assert sum(ranked.sources.values()) == pytest.approx(ranked.score, abs=1e-5)
        positive = {name: value for name, value in ranked.sources.items() if value > 0}
        for reason in ranked.reasons:
            kinds.add(reason.kind)
            if reason.kind is ReasonKind.EXPLORE:
                assert not positive
                continue
            assert reason.share <= positive[source[reason.kind]] / sum(positive.values()) + 1e-6
            if reason.kind is ReasonKind.GENRE:
                assert set(reason.refs) <= set(items[ranked.item_id].genres) & {"志怪"}
            if reason.kind is ReasonKind.TAG:
                assert set(reason.refs) <= set(items[ranked.item_id].tags)
            if reason.kind is ReasonKind.BECAUSE_WATCHED:
                row = recommender.row_of(ranked.item_id)
                for ref in reason.refs:
                    assert row in model.neighbour_ids[recommender.row_of(ref)]
            if reason.kind in {
                ReasonKind.BECAUSE_WATCHED,
                ReasonKind.SIMILAR_STORY,
                ReasonKind.VIEWERS_LIKE_YOU,
            }:
                assert reason.refs
                assert set(reason.refs) <= liked
            if reason.kind in {ReasonKind.POPULAR, ReasonKind.NEW}:
                assert reason.refs == ()
    assert {ReasonKind.GENRE, ReasonKind.BECAUSE_WATCHED} <= kinds


def test_an_impersonal_list_does_not_depend_on_the_history(recommender, swipe):
    history = ghost_evening(swipe)
    plain = recommender.recommend(FeedRequest(limit=12, personalised=False))
    assert (
        recommender.recommend(FeedRequest(history=history, limit=12, personalised=False)) == plain
    )
    kinds = {reason.kind for ranked in plain for reason in ranked.reasons}
    assert kinds <= {ReasonKind.POPULAR, ReasonKind.NEW, ReasonKind.EXPLORE}
    assert recommender.recommend(FeedRequest(history=history, limit=12)) != plain


def test_the_same_request_gives_the_same_page_and_another_seed_explores_elsewhere(newborn, swipe):
    def page(seed):
        return [
            r.item_id
            for r in newborn.recommend(FeedRequest(limit=10, explore_share=0.5, seed=seed, now=NOW))
        ]

    assert page(3) == page(3)
    assert len({tuple(page(seed)) for seed in range(5)}) > 1


def test_pages_that_follow_each_other_repeat_nothing_and_reach_the_end(recommender, swipe):
    history, seen, found = ghost_evening(swipe), frozenset(), []
    for number in range(10):
        page = recommender.recommend(
            FeedRequest(history=history, exclude_groups=seen, limit=6, seed=number)
        )
        found += [ranked.item_id for ranked in page]
        seen |= {ranked.group_id for ranked in page}
    assert len(found) == len(set(found)) == len(EPISODES) - len(history)


def test_no_more_than_two_of_a_genre_stand_in_a_row_unless_that_genre_was_asked_for(newborn, swipe):
    history = (swipe("志怪-0"),)
    page = genres(newborn.recommend(FeedRequest(history=history, limit=10, explore_share=0)))
    assert not any(page[at] == page[at + 1] == page[at + 2] for at in range(len(page) - 2))
    only = genres(newborn.recommend(FeedRequest(history=history, limit=10, only_genres={"志怪"})))
    assert only == ["志怪"] * 5


def test_one_series_stands_on_a_page_once(catalogue):
    more = [*catalogue, *(Item(f"again-{n}", "series-志怪-0", ("志怪",)) for n in range(5))]
    page = Recommender(train(events_table([]), more)).recommend(
        FeedRequest(limit=40, explore_share=0.4)
    )
    assert len({ranked.group_id for ranked in page}) == len(page) == 30


def test_a_new_episode_is_recommended_at_once_to_who_likes_its_kind(recommender, swipe):
    history = ghost_evening(swipe)
    fresh = Item("新-志怪", "series-新", ("志怪",), ("夜",), "志怪故事新篇 夜雨", published_at=NOW)
    asked = FeedRequest(history=history, limit=5, explore_share=0, now=NOW + 60)
    assert "新-志怪" not in {ranked.item_id for ranked in recommender.recommend(asked)}
    recommender.add_items([fresh])
    assert "新-志怪" in {ranked.item_id for ranked in recommender.recommend(asked)}


def test_adding_a_known_episode_describes_it_anew_without_a_second_row(recommender, model):
    recommender.add_items([Item("志怪-0", "series-志怪-0", ("言情",))])
    assert len(recommender.model.items) == len(model.items)
    page = recommender.recommend(FeedRequest(only_genres={"言情"}, limit=20))
    assert "志怪-0" in {ranked.item_id for ranked in page}


def test_a_withdrawn_episode_is_gone_until_it_is_allowed_again(recommender):
    recommender.set_withdrawn({"志怪-0"})
    assert "志怪-0" not in {
        ranked.item_id for ranked in recommender.recommend(FeedRequest(limit=40))
    }
    recommender.set_withdrawn(())
    assert "志怪-0" in {ranked.item_id for ranked in recommender.recommend(FeedRequest(limit=40))}


def test_exploration_gives_the_little_seen_a_place_and_ends_when_they_have_been_shown(recommender):
    recommender.update_exposures(dict.fromkeys(EPISODES, 500) | {"武侠-5": 0})
    asked = FeedRequest(limit=5, explore_share=0.2)
    page = recommender.recommend(asked)
    explored = [ranked for ranked in page if ranked.reasons[0].kind is ReasonKind.EXPLORE]
    assert [ranked.item_id for ranked in explored] == ["武侠-5"]
    assert page[0] not in explored
    recommender.update_exposures({"武侠-5": 500})
    assert not any(
        r.kind is ReasonKind.EXPLORE
        for ranked in recommender.recommend(asked)
        for r in ranked.reasons
    )


def test_a_repeated_event_in_the_history_changes_nothing(recommender, swipe):
    history = ghost_evening(swipe)
    asked = FeedRequest(history=history, limit=10)
    assert recommender.recommend(
        FeedRequest(history=history + history[:3], limit=10)
    ) == recommender.recommend(asked)


def test_a_history_of_unknown_episodes_gives_the_page_of_a_newcomer(recommender, swipe):
    stranger = recommender.recommend(
        FeedRequest(history=(swipe("gone-1"), swipe("gone-2")), limit=10, now=NOW)
    )
    assert [r.item_id for r in stranger] == [
        r.item_id for r in recommender.recommend(FeedRequest(limit=10, now=NOW))
    ]


def test_folding_in_needs_no_training_and_follows_the_last_swipes(recommender, model, swipe):
    vector = recommender.fold_in(ghost_evening(swipe)).vector
    score = dict(
        zip([item.item_id for item in model.items], model.item_factors @ vector, strict=True)
    )
    mean = {
        genre: np.mean([value for name, value in score.items() if name.startswith(genre)])
        for genre in GENRES
    }
    assert mean["志怪"] > mean["言情"]


def a_history(events, viewer, count):
    rows = [row for row in events.to_pylist() if row["viewer_id"] == viewer]
    return tuple(WatchEvent(**row) for row in rows[:count])


def test_who_has_liked_enough_is_ranked_by_the_learned_ranker_and_a_newcomer_by_the_weights(
    eager, busy_log
):
    engine = Recommender(eager)
    plain = engine.with_stages(Stages(ranker=False))
    known = FeedRequest(history=a_history(busy_log[1], "v005", 30), limit=8, explore_share=0)
    learned = engine.recommend(known)
    assert [r.item_id for r in learned] != [r.item_id for r in plain.recommend(known)]
    for ranked in learned:
        assert sum(ranked.sources.values()) == pytest.approx(ranked.score, abs=1e-6)
        assert ranked.reasons
    # The viewer likes every fourth item, of which nothing that describes it says a word.
    assert sum(int(r.item_id[1:]) % 4 == 1 for r in learned[:4]) >= 3
    newcomer = FeedRequest(history=a_history(busy_log[1], "v005", 3), limit=8, explore_share=0)
    assert engine.recommend(newcomer) == plain.recommend(newcomer)
    impersonal = FeedRequest(history=known.history, personalised=False, explore_share=0)
    assert engine.recommend(impersonal) == plain.recommend(impersonal)


def test_a_model_without_its_ranker_goes_on_with_the_weights(eager, busy_log):
    without = Recommender(replace(eager, ranker=None))
    asked = FeedRequest(history=a_history(busy_log[1], "v005", 30), limit=8)
    assert without.recommend(asked) == Recommender(eager).with_stages(
        Stages(ranker=False)
    ).recommend(asked)
    with pytest.raises(ValueError, match="no ranker"):
        without.watch_probabilities(asked, ["i000"])


def test_how_likely_something_is_enjoyed_does_not_depend_on_the_order_asked(eager, busy_log):
    engine = Recommender(eager)
    asked = FeedRequest(history=a_history(busy_log[1], "v005", 30))
    names = ["i007", "i001", "i007", "i090"]
    found = engine.watch_probabilities(asked, names)
    assert ((found > 0) & (found < 1)).all()
    assert found[0] == found[2]
    assert engine.watch_probabilities(asked, names[::-1]) == pytest.approx(found[::-1])


def test_a_large_catalogue_is_not_scored_whole_and_a_page_is_full_whatever_was_seen():
    items = simulate_items(3000, NOW, seed=1)
    events = simulate_events(items, 60, 30, end=NOW, seed=1)
    settings = TrainSettings(als=AlsSettings(factors=8, iterations=2), learn_ranker=False)
    engine = Recommender(train(events, items, settings))
    history = a_history(events, "simulated-v000003", 30)
    profile = build_profile(
        history, engine._index.row_of, half_life_days=30.0, shown_strength=0.0, now=NOW
    )
    candidates = retrieve(engine._index, profile)
    assert 100 < len(candidates.rows) < 700
    # All but a few groups were seen; what is left is found although no source names it.
    left = {item.group_id for item in items[-16:]}
    seen = frozenset(item.group_id for item in items) - left
    page = engine.recommend(FeedRequest(history=history, exclude_groups=seen, limit=10, now=NOW))
    assert {ranked.group_id for ranked in page} == left - {event.group_id for event in history}


def test_a_viewer_with_a_hundred_thousand_events_gets_a_page(recommender, swipe):
    few = tuple(swipe(name, skipped=name.startswith("言情")) for name in EPISODES[:12])
    many = tuple(
        replace(few[number % 12], event_id=str(number), at=NOW - 1e6 + number)
        for number in range(100_000)
    )
    page = recommender.recommend(FeedRequest(history=many, limit=8, now=NOW))
    assert len(page) == 8
    assert not {ranked.item_id for ranked in page} & set(EPISODES[:12])


def test_an_event_of_next_year_counts_as_one_of_now(recommender, swipe):
    event = swipe("志怪-0")
    asked = [
        FeedRequest(history=(replace(event, at=at),), limit=8, now=NOW)
        for at in (NOW, NOW + 365 * 86400)
    ]
    assert recommender.recommend(asked[0]) == recommender.recommend(asked[1])


def test_what_is_switched_off_does_not_work(recommender, swipe):
    asked = FeedRequest(history=(swipe("志怪-0"), swipe("志怪-1")), limit=8, explore_share=0.5)
    none = Rules(similarity=False, genre_runs=False, creator_runs=False, exploration=False)
    page = recommender.with_stages(Stages(rules=none)).recommend(asked)
    scores = [ranked.score for ranked in page]
    assert scores == sorted(scores, reverse=True)
    assert genres(page)[:3] == ["志怪"] * 3
    assert genres(recommender.recommend(asked))[:3] != ["志怪"] * 3


@pytest.mark.parametrize(
    "wrong", [{"limit": 0}, {"limit": 101}, {"explore_share": 1.5}, {"explore_share": -0.1}]
)
def test_an_impossible_request_is_refused(wrong):
    with pytest.raises(ValueError):
        FeedRequest(**wrong)
