"""Shots drawn side by side by child processes, each stored whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from generation.store import Store
from generation.storyboard import Mark, Storyboard
from generation.values import to_json

VERSION = 1

_POLL_SECONDS = 0.1  # seconds between looks at whether the work was cancelled
_MAX_TRIES = 2  # a child may die once of something that is not the shot's fault
_POSTER_SIZE = (360, 640)


class Cancelled(Exception):
    """The caller asked to stop."""


class RenderError(RuntimeError):
    """A shot could not be drawn; the message says which and why."""


@dataclass(frozen=True)
class ShotJob:
    """One shot to draw: the board with that shot alone, and where its artefact goes."""

    id: str
    board: Storyboard
    mark: Mark | None
    starts_at: float
    key: str


def list_shot_jobs(board: Storyboard, mark: Mark, typeface: Path) -> tuple[ShotJob, ...]:
    """A job for each shot, keyed by what its picture depends on and nothing else.

    The place in the episode counts only while the mark stands; names, ids, music marks and the
    other shots do not count at all, so that an edit elsewhere leaves the shot as it is.
    """
    jobs = []
    start = 0.0
    for shot in board.shots:
        marked = start < mark.end
        bare = replace(shot, id="shot", summary="", beat="", tension=0.0)
        seen = {placement.role_id for placement in shot.placements}
        alone = replace(
            board, title="", roles=tuple(role for role in board.roles if role.id in seen), shots=(bare,)
        )  # fmt: skip
        starts_at = round(start, 6) if marked else 0.0
        inputs = {
            "board": alone, "mark": mark if marked else None, "starts_at": starts_at,
            "typeface": file_digest(typeface), "stage": _stage_digest(),
        }  # fmt: skip
        jobs.append(
            ShotJob(
                shot.id,
                alone,
                mark if marked else None,
                starts_at,
                Store.key("shot", VERSION, inputs),
            )
        )
        start += shot.duration
    return tuple(jobs)


@lru_cache(maxsize=8)
def file_digest(path: Path) -> str:
    """SHA-256 of a file that does not change while the process lives."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@lru_cache(maxsize=1)
def _stage_digest() -> str:
    """The stage's own sources: a stroke drawn otherwise is another picture."""
    folder = Path(__file__).parent / "stage"
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def render_shots(
    jobs: Sequence[ShotJob],
    *,
    typeface: Path,
    store: Store,
    workers: int,
    on_shot: Callable[[ShotJob, Path, bool], None],
    on_frames: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> None:
    """Draw every job that the store does not hold yet.

    ``on_shot(job, poster, fresh)`` as each is there, ``fresh`` when it was drawn now; ``on_frames(done,
    total)`` now and then. Raises ``Cancelled`` within about a tenth of a second of ``cancelled()``
    turning true, ``RenderError`` when a shot fails; no child outlives the call.
    """
    total = sum(round(job.board.shots[0].duration * job.board.fps) for job in jobs)
    waiting: list[ShotJob] = []
    done = 0
    seen: set[str] = set()
    for known in jobs:
        if store.has(known.key, ".mp4"):
            done += round(known.board.shots[0].duration * known.board.fps)
            on_shot(known, _poster(store, known), False)
        else:
            waiting.append(known)
    on_frames(done, total)
    if not waiting:
        return
    with contextlib.ExitStack() as stack:
        pool = [
            stack.enter_context(_ShotWorker(number))
            for number in range(max(1, min(workers, len(waiting))))
        ]
        answers: queue.Queue[tuple[_ShotWorker, dict[str, Any] | None]] = queue.Queue()
        for worker in pool:
            worker.listen(answers)
        tries: dict[str, int] = {}
        part: dict[str, int] = {}
        busy = 0
        for worker in pool:
            if waiting:
                worker.send(waiting.pop(0), typeface, store)
                busy += 1
        while busy:
            if cancelled():
                raise Cancelled
            try:
                worker, answer = answers.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                continue
            job = worker.job
            assert job is not None  # only a worker that was given one answers
            if answer is None:
                tries[job.key] = tries.get(job.key, 0) + 1
                if tries[job.key] >= _MAX_TRIES:
                    raise RenderError(f"shot {job.id}: the drawing process died twice")
                worker.restart(answers)
                worker.send(job, typeface, store)
                continue
            if "error" in answer:
                raise RenderError(f"shot {job.id}: {answer['error']}")
            if "frame" in answer:
                part[job.key] = answer["frame"]
                on_frames(done + sum(part.values()), total)
                continue
            store.adopt(job.key, ".mp4", worker.out)
            part.pop(job.key, None)
            done += round(job.board.shots[0].duration * job.board.fps)
            on_shot(job, _poster(store, job), True)
            on_frames(done + sum(part.values()), total)
            seen.add(job.key)
            busy -= 1
            while waiting and waiting[0].key in seen:  # the same picture twice in one board
                again = waiting.pop(0)
                on_shot(again, _poster(store, again), False)
            if waiting:
                worker.send(waiting.pop(0), typeface, store)
                busy += 1


class _ShotWorker:
    """One drawing child and the job it is at."""

    def __init__(self, number: int) -> None:
        self.job: ShotJob | None = None
        self.out = Path()
        self._number = number
        self._child = self._start()

    def __enter__(self) -> _ShotWorker:
        return self

    def __exit__(self, *error: object) -> None:
        self._stop()
        self.out.unlink(missing_ok=True) if self.out.name else None

    def _start(self) -> subprocess.Popen[str]:
        # One thread each: the shots are what runs side by side.
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        return subprocess.Popen(
            [sys.executable, "-m", "generation.shot_worker", str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=environment,
        )

    def _stop(self) -> None:
        self._child.kill()
        self._child.wait()
        for pipe in (self._child.stdin, self._child.stdout):
            with contextlib.suppress(BrokenPipeError, ValueError):
                assert pipe is not None
                pipe.close()

    def restart(self, answers: queue.Queue[tuple[_ShotWorker, dict[str, Any] | None]]) -> None:
        """Start anew after the child died."""
        self._stop()
        self.out.unlink(missing_ok=True)
        self._child = self._start()
        self.listen(answers)

    def listen(self, answers: queue.Queue[tuple[_ShotWorker, dict[str, Any] | None]]) -> None:
        """Put the child's answers into the queue; None when it is gone."""
        pipe = self._child.stdout
        assert pipe is not None

        def read(pipe: IO[str]) -> None:
            with contextlib.suppress(ValueError):
                for line in pipe:
                    answers.put((self, json.loads(line)))
            answers.put((self, None))

        threading.Thread(
            target=read, args=(pipe,), daemon=True, name=f"shots-{self._number}"
        ).start()

    def send(self, job: ShotJob, typeface: Path, store: Store) -> None:
        """Send a job to the child."""
        self.job = job
        self.out = store.temporary(job.key, ".mp4")
        request = {
            "shot": job.id, "board": to_json(job.board), "typeface": str(typeface), "mark": to_json(job.mark),
            "starts_at": job.starts_at, "out": str(self.out),
        }  # fmt: skip
        assert self._child.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # its death is told by the listener
            self._child.stdin.write(json.dumps(request) + "\n")
            self._child.stdin.flush()


def _poster(store: Store, job: ShotJob) -> Path:
    """A JPEG of the middle of a finished shot, for the storyboard page."""

    def make(path: Path) -> None:
        import av
        from PIL import Image

        with av.open(str(store.path(job.key, ".mp4"))) as film:
            frames = (
                list(film.decode(video=0))
                if job.board.shots[0].duration * job.board.fps < 60
                else None
            )
            if frames is None:
                stream = film.streams.video[0]
                assert stream.time_base is not None
                film.seek(int(job.board.shots[0].duration / 2 / stream.time_base), stream=stream)
                picture = next(film.decode(video=0)).to_image()
            else:
                picture = frames[len(frames) // 2].to_image()
        picture.thumbnail(_POSTER_SIZE, Image.Resampling.BILINEAR)
        data = BytesIO()
        picture.save(data, "JPEG", quality=86)
        path.write_bytes(data.getvalue())

    return store.get_or_create(job.key, ".jpg", make)
