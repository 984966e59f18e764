"""The model in force, kept in memory and exchanged when a newer one is put in force."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from recsys.recommender import Recommender
from recsys.store import ModelError, current_folder

log = logging.getLogger(__name__)


class ModelShelf:
    """Give every request the newest sound model of a root folder. Safe to share between threads.

    A version that turns out damaged is reported once (log, `problem`) and the one before stays in
    force.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.Lock()
        self._held: Recommender | None = None
        self._folder: Path | None = None
        self.problem: str | None = None

    def current(self) -> Recommender:
        """The newest sound model; one small file is read to know. Raises ModelError when there has
        never been one.
        """
        try:
            folder = current_folder(self._root)
        except ModelError as error:
            return self._keep(str(error), None)
        if folder == self._folder and self._held is not None:
            return self._held
        with self._lock:
            if folder == self._folder and self._held is not None:
                return self._held
            try:
                held = Recommender.load(folder)
            except ModelError as error:
                return self._keep(str(error), folder)
            self._held, self._folder, self.problem = held, folder, None
            return held

    def _keep(self, problem: str, folder: Path | None) -> Recommender:
        if problem != self.problem:
            log.error("model not taken into use: %s", problem)
        self.problem = problem
        if self._held is None:
            raise ModelError(problem)
        if folder is not None:
            self._folder = folder
        return self._held
