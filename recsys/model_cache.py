"""A process's copy of the current model, reloaded when another version becomes current."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from recsys.recommender import Recommender
from recsys.store import ModelError, current_folder

log = logging.getLogger(__name__)


class ModelCache:
    """Holds the newest loadable model of a root folder. Safe to share between threads.

    A version that cannot be loaded is logged once; the loaded one stays in use, and `last_error`
    says why (None while the current version is the loaded one).
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.Lock()
        self._recommender: Recommender | None = None
        self._folder: Path | None = None
        self.last_error: str | None = None

    def current(self) -> Recommender:
        """The newest loadable model; each call reads one small file to learn which it is.

        Raises ModelError when no version could ever be loaded.
        """
        try:
            folder = current_folder(self._root)
        except ModelError as error:
            return self._fall_back(str(error), None)
        if folder == self._folder and self._recommender is not None:
            return self._recommender
        with self._lock:
            if folder == self._folder and self._recommender is not None:
                return self._recommender
            try:
                recommender = Recommender.load(folder)
            except ModelError as error:
                return self._fall_back(str(error), folder)
            self._recommender, self._folder, self.last_error = recommender, folder, None
            return recommender

    def _fall_back(self, error: str, folder: Path | None) -> Recommender:
        if error != self.last_error:
            log.error("model not taken into use: %s", error)
        self.last_error = error
        if self._recommender is None:
            raise ModelError(error)
        if folder is not None:
            self._folder = folder  # not tried again until `current` names another version
        return self._recommender
