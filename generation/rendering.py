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
from typing import IO, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from generation.store import Store
from generation.storyboard import Mark, Storyboard
from generation.values import to_json

VERSION = 1

_POLL_SECONDS = 0.1  # between looks at whether the work was cancelled
_MAX_TRIES = 2  # a child may die once of something that is not the shot's fault
_POSTER_SIZE = (360, 640)  # pixels, at most
_MIN_FRAMES_TO_SEEK = 60


Answers: TypeAlias = "queue.Queue[tuple[_ShotWorker, dict[str, Any] | None]]"


class Cancelled(Exception):
    """The caller asked to stop."""


class RenderError(RuntimeError):
    """A shot could not be drawn; the message says which and why."""


@dataclass(frozen=True)
class ShotJob:
    """One shot to draw: the board with that shot alone, and the key of its artefact.

    ``starts_at`` is where the shot begins in the episode, in seconds, while the mark stands; 0.0
    and ``mark`` None after that.
    """

    id: str
    board: Storyboard
    mark: Mark | None
    starts_at: float
    key: str

    @property
    def frames(self) -> int:
        """Number of frames of the shot."""
        return round(self.board.shots[0].duration * self.board.fps)


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
            board, title="", roles=tuple(role for role in board.roles if role.id in seen),
            shots=(bare,), music=1.0
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
    """Draw every job that the store does not hold yet, in up to ``workers`` processes.

    ``on_shot(job, poster, fresh)`` as each is there, ``fresh`` when it was drawn now;
    ``on_frames(done, total)`` now and then, counting the frames of all jobs. Both are called in the
    caller's thread. Raises ``Cancelled`` within about a tenth of a second of ``cancelled()``
    turning true, ``RenderError`` when a shot fails; no child outlives the call.
    """
    run = _RenderRun(jobs, typeface, store, on_shot, on_frames)
    run.report_stored()
    with contextlib.ExitStack() as stack:
        for number in range(min(max(1, workers), len(run.waiting))):
            worker = stack.enter_context(_ShotWorker(number))
            worker.listen(run.answers)
            run.start_next(worker)
        while run.busy:
            if cancelled():
                raise Cancelled
            with contextlib.suppress(queue.Empty):
                run.receive(*run.answers.get(timeout=_POLL_SECONDS))


class _RenderRun:
    """One call of ``render_shots``: the jobs that wait, the jobs being drawn, the frames done."""

    def __init__(
        self,
        jobs: Sequence[ShotJob],
        typeface: Path,
        store: Store,
        on_shot: Callable[[ShotJob, Path, bool], None],
        on_frames: Callable[[int, int], None],
    ) -> None:
        self.answers: Answers = queue.Queue()
        self.waiting: list[ShotJob] = []
        self.busy = 0  # workers that are drawing
        self._jobs, self._typeface, self._store = jobs, typeface, store
        self._on_shot, self._on_frames = on_shot, on_frames
        self._total_frames = sum(job.frames for job in jobs)
        self._done_frames = 0  # of finished shots
        self._partial_frames: dict[str, int] = {}  # of shots being drawn, by key
        self._deaths: dict[str, int] = {}  # of children, by the key of the job that they were at
        self._drawn: set[str] = set()  # keys of this run

    def report_stored(self) -> None:
        """Report the shots that the store holds already; the others wait to be drawn."""
        for job in self._jobs:
            if self._store.has(job.key, ".mp4"):
                self._done_frames += job.frames
                self._on_shot(job, _poster(self._store, job), False)
            else:
                self.waiting.append(job)
        self._report_frames()

    def start_next(self, worker: _ShotWorker) -> None:
        """Give ``worker`` the next job, if one waits that was not drawn under another id."""
        while self.waiting and self.waiting[0].key in self._drawn:
            twin = self.waiting.pop(0)
            self._on_shot(twin, _poster(self._store, twin), False)
        if self.waiting:
            worker.send(self.waiting.pop(0), self._typeface, self._store)
            self.busy += 1

    def receive(self, worker: _ShotWorker, answer: dict[str, Any] | None) -> None:
        """Act on one answer; None means that the child died. Raises ``RenderError``."""
        job = worker.job
        assert job is not None  # only a worker that was given one answers
        if answer is None:
            self._try_again(worker, job)
        elif "error" in answer:
            raise RenderError(f"shot {job.id}: {answer['error']}")
        elif "frame" in answer:
            self._partial_frames[job.key] = answer["frame"]
            self._report_frames()
        else:
            self._finish(worker, job)

    def _try_again(self, worker: _ShotWorker, job: ShotJob) -> None:
        self._deaths[job.key] = self._deaths.get(job.key, 0) + 1
        if self._deaths[job.key] >= _MAX_TRIES:
            raise RenderError(f"shot {job.id}: the drawing process died twice")
        worker.restart(self.answers)
        worker.send(job, self._typeface, self._store)

    def _finish(self, worker: _ShotWorker, job: ShotJob) -> None:
        self._store.adopt(job.key, ".mp4", worker.out)
        self._partial_frames.pop(job.key, None)
        self._done_frames += job.frames
        self._drawn.add(job.key)
        self._on_shot(job, _poster(self._store, job), True)
        self._report_frames()
        self.busy -= 1
        self.start_next(worker)

    def _report_frames(self) -> None:
        self._on_frames(self._done_frames + sum(self._partial_frames.values()), self._total_frames)


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

    def restart(self, answers: Answers) -> None:
        """Start anew after the child died."""
        self._stop()
        self.out.unlink(missing_ok=True)
        self._child = self._start()
        self.listen(answers)

    def listen(self, answers: Answers) -> None:
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
            "shot": job.id, "board": to_json(job.board), "typeface": str(typeface),
            "mark": to_json(job.mark),
            "starts_at": job.starts_at, "out": str(self.out),
        }  # fmt: skip
        assert self._child.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # its death is told by the listener
            self._child.stdin.write(json.dumps(request) + "\n")
            self._child.stdin.flush()


def _poster(store: Store, job: ShotJob) -> Path:
    """A JPEG of the middle of a finished shot, for the storyboard page."""

    def make(path: Path) -> None:
        from PIL import Image

        picture = Image.fromarray(_middle_frame(store.path(job.key, ".mp4"), job))
        picture.thumbnail(_POSTER_SIZE, Image.Resampling.BILINEAR)
        data = BytesIO()
        picture.save(data, "JPEG", quality=86)
        path.write_bytes(data.getvalue())

    return store.get_or_create(job.key, ".jpg", make)


def _middle_frame(path: Path, job: ShotJob) -> npt.NDArray[np.uint8]:
    """A frame near the middle of a shot, shape (height, width, 3), RGB.

    Short shots are decoded whole; in longer ones the frame is the key frame before the middle.
    """
    import av

    with av.open(str(path)) as film:
        if job.board.shots[0].duration * job.board.fps < _MIN_FRAMES_TO_SEEK:
            frames = list(film.decode(video=0))
            frame = frames[len(frames) // 2]
        else:
            stream = film.streams.video[0]
            assert stream.time_base is not None
            film.seek(int(job.board.shots[0].duration / 2 / stream.time_base), stream=stream)
            frame = next(film.decode(video=0))
        return frame.to_ndarray(format="rgb24").astype(np.uint8, copy=False)
