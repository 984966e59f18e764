"""The book of paid calls: written before the money is spent, so that a crash cannot spend it twice
unseen.
"""

from __future__ import annotations

from typing import Any

from generation.store import Store

_SUFFIX = ".call.json"


class CallCutOff(RuntimeError):
    """An earlier run was cut off in the middle of this very call: it may have been charged, its
    answer is lost.
    """


class Ledger:
    """Calls by the digest of everything that was asked. Entries: ``{"state": open|answered|failed,
    "attempts": n}``.
    """

    def __init__(self, store: Store, *, repeat_cut_off: bool = False) -> None:
        self._store = store
        self._repeat = repeat_cut_off

    def answer(self, key: str) -> Any | None:
        """The stored answer of a call, or None."""
        entry = self._store.get_json(key, _SUFFIX)
        return entry["answer"] if entry and entry["state"] == "answered" else None

    def open(self, key: str, about: dict[str, Any]) -> None:
        """Note that a call is about to be made. Raises ``CallCutOff`` if one was opened and never
        closed.
        """
        entry = self._store.get_json(key, _SUFFIX)
        if entry and entry["state"] == "open" and not self._repeat:
            raise CallCutOff(
                "an earlier call with this very question was cut off and may have been charged; "
                "allow repeating cut-off calls to make it again"
            )
        attempts = (entry["attempts"] if entry else 0) + 1
        self._store.put_json(key, {"state": "open", "attempts": attempts, "about": about}, _SUFFIX)

    def close(self, key: str, *, answer: Any | None = None, failure: str | None = None) -> None:
        """Note how the call went: its answer, or why there is none."""
        entry = self._store.get_json(key, _SUFFIX) or {"attempts": 1, "about": {}}
        entry |= (
            {"state": "answered", "answer": answer}
            if failure is None
            else {"state": "failed", "failure": failure}
        )
        self._store.put_json(key, entry, _SUFFIX)
