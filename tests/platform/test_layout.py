"""The rooms of the house, read from its source: each app holds only the modules that it should."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PLATFORM = REPOSITORY / "platform" / "huaben"
MAX_LINES = 400

# As docs/architecture.md lists them.
COMMON = {
    "models", "services", "selectors", "presenters", "serializers", "policies", "api", "routes",
    "consumers", "jobs", "signals", "receivers", "apps", "tasks", "migrations", "management",
    "keepers", "outbox",
}  # fmt: skip

# Modules of one app only, each with the reason for its name.
OWN: dict[str, dict[str, str]] = {
    "accounts": {
        "adapter": "allauth asks for a class of this name",
        "backends": "Django's word",
        "authentication": "what DRF calls the ways to say who one is",
        "demo": "accounts that exist only in the demo",
        "forms": "allauth asks for a form of what it does not ask itself",
        "devices": "browsers in which an account has signed in before",
        "exports": "registry that asks the apps above what of a person they hold",
        "lockout": "the answer that axes gives after too many wrong passwords",
        "mails": "the mails and their words",
        "middleware": "Django's word",
        "names": "which display names one may bear",
    },
    "catalog": {
        "facts": "registries that ask the apps above about a series or a Cut",
        "gate": "may this Cut be shown?",
        "graph": "the rules of the story graph",
        "search": "Chinese text as search terms",
        "words": "the words that others read, and which are cleared",
    },
    "cocreation": {
        "fixed_texts": "the replies that a maker may give, and the names of credits",
        "prompt_book": "the shape of the shared document",
        "yjs_protocol": "the messages of the Yjs sync protocol",
        "yjs_updates": "updates of Yjs documents, checked and merged",
    },
    "core": {
        "access": "who may do what",
        "beat": "what Celery calls its scheduler",
        "addresses": "from which network address a request comes",
        "bodies": "how much of a request's body is taken",
        "calendar": "working days",
        "celery": "the Celery application",
        "clock": "the clock that durable times are compared with",
        "disk": "room on the disk, and PostgreSQL's share",
        "frames": "the frames of every WebSocket",
        "handshake": "who may open a WebSocket at all",
        "health": "liveness, readiness and metrics",
        "idempotency": "one answer for one Idempotency-Key",
        "ids": "identifiers",
        "inputs": "what may come in from outside at all",
        "localized": "text in both languages",
        "locks": "advisory locks",
        "logs": "structured logs",
        "metrics": "Prometheus metrics",
        "middleware": "Django's word",
        "pagination": "cursor pages",
        "parsers": "DRF's word",
        "problems": "errors for people",
        "quotas": "how much one person may make in a while",
        "registries": "how an app asks upward",
        "responses": "from dataclasses to answers",
        "room_hub": "all sockets of a room in one process",
        "rooms": "real-time rooms",
        "sandbox": "children without secrets or network",
        "task_runs": "when beat, sweep and relay last ran",
        "text": "cleaning of what people type",
        "types": "types that every app shares",
        "warming": "what a worker loads before its first job",
    },
    "demo": {
        "mail": "Django's e-mail backend that keeps mails for the viewer",
        "plays": "the plays of the season",
    },
    "feed": {
        "audience": "the demo's simulated viewers",
        "candidates": "which series could take a place of a page",
        "catalogue": "what the feed can choose from, in memory",
        "history": "what a viewer has watched, for the engine",
        "items": "the catalogue as the engine sees it",
        "pages": "a page of the feed, from request to answer",
        "places": "candidates that passed the gate",
        "reasons": "why an episode is recommended, in words",
        "training": "from events to a trained model",
    },
    "filing": {
        "number_parts": "who gave a number and in which year, as it says by itself",
        "tier_rules": "investment tiers and their terms, as data with a day",
    },
    "interactive": {
        "branches": "which choices are open now",
        "endings": "why a premiere is over, in words",
        "hub": "the sockets of one process in front of a premiere",
        "state_cache": "a premiere's state, read once a second",
    },
    "media": {
        "film": "what runs in the confined child: one folder without Django",
        "left_out": "streams of a film that nobody will see or hear, in words",
        "playback": "signed addresses",
        "rejections": "why a file is refused, in words",
        "request_streaming": "reading a request's body as it arrives",
        "sandbox": "runs media.film in the child",
        "serving": "hands out the files of packages",
        "storage": "where files lie",
        "tus": "the headers of the tus protocol",
        "urls": "addresses outside the API",
    },
    "review": {
        "engine": "how the platform reaches the moderation engine",
        "policy_names": "names of the engine's policies",
        "reasons": "reasons of a decision, in words",
        "risk": "which case comes first, and by when",
        "sandbox": "runs review.video_child in the child",
        "video_child": "what runs in the confined child",
    },
    "rights": {
        "claim_actions": "what each person may do with a claim now",
        "claim_links": "the link by which a claimant follows a claim",
        "quotas": "how many notices from one address",
        "terms": "what a jurisdiction asks, read from its profile",
    },
    "speech": {
        "contexts": "registry that asks where a text was said",
        "engine": "how the platform reaches the moderation engine",
        "never_list": "what never appears, as operators changed the engine's list",
        "policy_names": "names of the engine's policies",
        "reasons": "reasons of a decision, in words",
    },
    "studio": {
        "edit_errors": "what is wrong with an edit, in words",
        "engine": "how the platform reaches the generation engine",
        "engine_errors": "the engine's errors, in words",
        "rendering": "from a project to a Cut",
        "steps": "the steps from an idea to a film",
        "story": "what the story engine says of a project",
    },
    "watching": {
        "shown_cuts": "which Cuts may be shown, remembered for a moment",
        "batches": "the shape of a batch of events",
        "contexts": "answers speech about comments and danmaku",
        "limits": "how much one viewer may send",
        "origins": "where a viewing began",
    },
}
# Parts of the process that starts the platform, not apps.
NOT_APPS = {"api", "runtime", "settings"}
APPS = sorted(
    folder.name
    for folder in PLATFORM.iterdir()
    if (folder / "__init__.py").exists() and folder.name not in NOT_APPS
)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def modules_of(app: str) -> dict[str, Path]:
    """Modules and packages of an app by name."""
    return {
        path.stem: path
        for path in (PLATFORM / app).iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }


def sources(app: str, *modules: str) -> Iterator[Path]:
    """The files of these modules of an app, or of all of it; no migrations."""
    names = modules or tuple(modules_of(app))
    for name in names:
        folder = PLATFORM / app / name
        if name == "migrations":
            continue
        if folder.is_dir():
            yield from sorted(folder.rglob("*.py"))
        elif folder.with_suffix(".py").exists():
            yield folder.with_suffix(".py")


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Line and absolute name of each module that a file imports; ``from a import b`` gives ``a``
    and ``a.b``.
    """
    package = path.relative_to(PLATFORM.parent).with_suffix("").parts[:-1]
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*base, *((node.module,) if node.module else ())))
            yield node.lineno, module
            for alias in node.names:
                yield node.lineno, f"{module}.{alias.name}"


def place(path: Path, line: int) -> str:
    return f"{path.relative_to(REPOSITORY)}:{line}"


@pytest.mark.parametrize("app", APPS)
def test_an_app_has_the_modules_that_every_app_has_and_its_own_named_ones(app: str) -> None:
    own = OWN.get(app, {})
    assert set(modules_of(app)) - {"__init__"} - COMMON - set(own) == set()
    assert set(own) <= set(modules_of(app)), "named here, but not in the app"


def test_every_app_that_is_named_here_exists() -> None:
    assert set(OWN) <= set(APPS)


@pytest.mark.parametrize("app", APPS)
def test_views_are_imported_by_routes_alone(app: str) -> None:
    views = {f"huaben.{name}.api" for name in APPS}

    def own_views(path: Path) -> bool:
        return "api" in path.relative_to(PLATFORM / app).parts[:-1] or path.stem == "api"

    faults = [
        f"{place(path, line)} imports {name}"
        for path in sources(app)
        if path.stem != "routes"
        for line, name in imported(path)
        if any(name == view or name.startswith(f"{view}.") for view in views)
        and not (own_views(path) and name.startswith(f"huaben.{app}.api"))
    ]
    assert faults == []


@pytest.mark.parametrize("app", APPS)
def test_no_view_writes_its_answer_as_a_dict(app: str) -> None:
    faults = [
        place(path, node.lineno)
        for path in sources(app, "api", "health")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Response"
        and any(isinstance(value, ast.Dict | ast.DictComp) for value in node.args)
    ]
    assert faults == []


@pytest.mark.parametrize("app", APPS)
def test_presenters_hold_dataclasses_and_functions_and_ask_the_database_nothing(app: str) -> None:
    faults = []
    for path in sources(app, "presenters"):
        for node in tree_of(path).body:
            if isinstance(node, ast.ClassDef) and not is_frozen_dataclass(node):
                faults.append(f"{place(path, node.lineno)} {node.name} is not a frozen dataclass")
        faults += [
            f"{place(path, node.lineno)} asks the database"
            for node in ast.walk(tree_of(path))
            if isinstance(node, ast.Attribute) and node.attr in QUERIES
        ]
    assert faults == []


# ``objects`` begins a query; the others are methods that only query sets have.
QUERIES = {
    "objects",
    "filter",
    "exclude",
    "select_related",
    "prefetch_related",
    "order_by",
    "exists",
}


def is_frozen_dataclass(node: ast.ClassDef) -> bool:
    return any(
        isinstance(mark, ast.Call)
        and isinstance(mark.func, ast.Name)
        and mark.func.id == "dataclass"
        and any(
            keyword.arg == "frozen"
            and isinstance(keyword.value, ast.Constant)
            and keyword.value.value is True
            for keyword in mark.keywords
        )
        for mark in node.decorator_list
    )


@pytest.mark.parametrize("app", APPS)
def test_serializers_hold_requests_and_no_presenters_shape(app: str) -> None:
    faults = [
        f"{place(path, line)} imports {name}"
        for path in sources(app, "serializers")
        for line, name in imported(path)
        if name.endswith((".presenters", ".serializer_of"))
    ]
    assert faults == []


def test_no_file_is_longer_than_one_can_read() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],
        cwd=REPOSITORY, capture_output=True, text=True, check=True,
    )  # fmt: skip
    paths = [REPOSITORY / name for name in listed.stdout.splitlines()]
    assert len(paths) > 300
    lengths = {path: len(path.read_text().splitlines()) for path in paths if path.exists()}
    assert {
        str(path.relative_to(REPOSITORY)): lines
        for path, lines in lengths.items()
        if lines > MAX_LINES
    } == {}


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("@dataclass\nclass Card: ...", True),
        ("class Card: ...", True),
        ("@dataclass(frozen=True, kw_only=True)\nclass Card: ...", False),
    ],
)
def test_the_search_for_frozen_dataclasses_tells_them_apart(source: str, *, fault: bool) -> None:
    (node,) = ast.parse(source).body
    assert isinstance(node, ast.ClassDef)
    assert is_frozen_dataclass(node) is not fault
