"""A film's shots and lines as an OpenTimelineIO file, for other editing programs.

The form is that of the "OpenTimelineIO File Format Specification" (Academy Software Foundation):
nested objects with ``OTIO_SCHEMA`` of a name and a version. Times are in frames of the film's rate.
"""

from __future__ import annotations

from typing import Any

from generation.storyboard import Storyboard


def to_otio(board: Storyboard, film: str) -> dict[str, Any]:
    """The timeline of a film: a picture track and a sound track with a clip for each shot, cut from
    the file ``film`` (a URL or a path beside the timeline); the lines are markers on the picture.
    """
    picture: list[dict[str, Any]] = []
    sound: list[dict[str, Any]] = []
    names = {role.id: role.name for role in board.roles}
    total = sum(round(shot.duration * board.fps) for shot in board.shots)
    start = 0
    for shot in board.shots:
        frames = round(shot.duration * board.fps)
        markers = [
            _marker(
                cue.text,
                start + round(cue.start * board.fps),
                max(1, round((cue.end - cue.start) * board.fps)),
                board.fps,
                {"speaker": names.get(cue.role_id or "", ""), "emotion": cue.emotion},
            )
            for cue in shot.cues
        ]
        facts = {"summary": shot.summary, "beat": shot.beat, "place": shot.setting.place,
                 "hour": shot.setting.hour, "weather": shot.setting.weather}  # fmt: skip
        for track, marked in ((picture, markers), (sound, [])):
            track.append(
                {
                    "OTIO_SCHEMA": "Clip.1",
                    "name": shot.id,
                    "source_range": _range(start, frames, board.fps),
                    "media_reference": {
                        "OTIO_SCHEMA": "ExternalReference.1",
                        "name": film,
                        "target_url": film,
                        "available_range": _range(0, total, board.fps),
                        "metadata": {},
                    },
                    "markers": marked,
                    "effects": [],
                    "metadata": {"huaben": facts},
                }
            )
        start += frames
    return {
        "OTIO_SCHEMA": "Timeline.1",
        "name": board.title,
        "global_start_time": _time(0, board.fps),
        "tracks": {
            "OTIO_SCHEMA": "Stack.1",
            "name": "tracks",
            "source_range": None,
            "children": [_track("Video", picture), _track("Audio", sound)],
            "markers": [],
            "effects": [],
            "metadata": {},
        },
        "metadata": {"huaben": {"language": board.language, "width": board.width,
                                "height": board.height}},
    }  # fmt: skip


def _track(kind: str, clips: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "OTIO_SCHEMA": "Track.1",
        "name": kind,
        "kind": kind,
        "source_range": None,
        "children": clips,
        "markers": [],
        "effects": [],
        "metadata": {},
    }


def _marker(
    text: str, start: int, frames: int, fps: int, metadata: dict[str, Any]
) -> dict[str, Any]:
    return {
        "OTIO_SCHEMA": "Marker.2",
        "name": text,
        "color": "GREEN",
        "marked_range": _range(start, frames, fps),
        "metadata": {"huaben": metadata},
    }


def _range(start: int, frames: int, fps: int) -> dict[str, Any]:
    return {
        "OTIO_SCHEMA": "TimeRange.1",
        "start_time": _time(start, fps),
        "duration": _time(frames, fps),
    }


def _time(frames: int, fps: int) -> dict[str, Any]:
    return {"OTIO_SCHEMA": "RationalTime.1", "value": float(frames), "rate": float(fps)}
