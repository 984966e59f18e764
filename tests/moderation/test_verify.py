"""Is a file labelled lawfully: implicit label, explicit mark, provenance."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from moderation.labels import (
    LabelError,
    Signer,
    UnsupportedContainer,
    mp4_metadata,
    producer_label,
    read_provenance,
    sign_file,
    verify,
    write_label,
)
from moderation.labels.mark_templates import load_templates

FilmOf = Callable[..., Path]
LABEL = producer_label("0011" + "0" * 18 + "1TEST", "ep-1")


def marked(time: float, until: float = 9.0, height: int = 14) -> np.ndarray:
    """A dim scene with the words in the upper left corner; the film's shortest side is 144 px."""
    from PIL import Image

    rows, columns = np.mgrid[0:256, 0:144]
    scene = 70 + 30 * np.sin(columns / 17 + time) + 20 * np.cos(rows / 23)
    if time < until:
        words = Image.fromarray(load_templates()[0])
        words = words.resize(
            (round(words.width * height / words.height), height), Image.Resampling.BOX
        )
        drawn = np.asarray(words) / 255
        part = scene[6 : 6 + drawn.shape[0], 6 : 6 + drawn.shape[1]]
        part[:] = part * (1 - drawn) + 240 * drawn
    return np.repeat(scene.astype(np.uint8)[..., None], 3, axis=2)


def signer(usage: x509.ObjectIdentifier = ExtendedKeyUsageOID.EMAIL_PROTECTION) -> Signer:
    """A signer with a certificate made now, issued by an authority that nobody knows."""
    now = datetime.datetime.now(datetime.UTC)
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())

    def certificate(
        name: str, public: ec.EllipticCurvePublicKey, authority: bool
    ) -> x509.Certificate:
        def named(common: str) -> x509.Name:
            return x509.Name(
                [
                    x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Test"),
                    x509.NameAttribute(NameOID.COMMON_NAME, common),
                ]
            )

        builder = (
            x509.CertificateBuilder()
            .subject_name(named(name))
            .issuer_name(named("root"))
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=1))
            .add_extension(x509.BasicConstraints(authority, None), critical=True)
            .add_extension(
                x509.KeyUsage(
                    not authority, False, False, False, False, authority, authority, False, False
                ),
                critical=True,
            )
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()),
                critical=False,
            )
        )
        if not authority:
            builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
        return builder.sign(root_key, hashes.SHA256())

    chain = [
        certificate("signer", key.public_key(), False),
        certificate("root", root_key.public_key(), True),
    ]

    def sign(data: bytes) -> bytes:
        r, s = utils.decode_dss_signature(key.sign(data, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    return Signer(
        sign, "".join(part.public_bytes(serialization.Encoding.PEM).decode() for part in chain)
    )


def test_a_labelled_film_with_its_mark_is_lawful(tmp_path: Path, film_of: FilmOf) -> None:
    film = film_of(tmp_path / "film.mp4", 2.5, paint=marked, metadata=mp4_metadata(LABEL))
    found = verify(film, require_mark=True)
    assert found.lawful, found
    assert found.explicit.state == "seen"
    assert found.explicit.seconds >= 2
    assert 0.05 <= found.explicit.height_ratio <= 0.12
    assert found.notes == ("test_operator",)


@pytest.mark.parametrize("changes", [{"until": 0.0}, {"until": 1.2}])
def test_a_mark_that_is_missing_or_goes_too_soon_is_a_fault_only_when_required(
    tmp_path: Path, film_of: FilmOf, changes: dict[str, float]
) -> None:
    film = film_of(
        tmp_path / "film.mp4",
        2.5,
        paint=lambda time: marked(time, **changes),
        metadata=mp4_metadata(LABEL),
    )
    assert verify(film).lawful
    assert "mark_not_seen" in verify(film).notes
    assert verify(film, require_mark=True).problems == ("mark_not_seen",)


def test_other_words_in_the_corner_are_no_mark(tmp_path: Path, film_of: FilmOf) -> None:
    mirrored = lambda time: marked(time)[:, ::-1]  # noqa: E731
    assert verify(film_of(tmp_path / "film.mp4", 2.5, paint=mirrored)).explicit.state == "not_seen"


def test_every_fault_of_the_implicit_label_is_named(
    tmp_path: Path, film_of: FilmOf, plain_film: Path
) -> None:
    assert verify(plain_film, look_for_mark=False).problems == ("label_missing",)
    for text, problems in (
        ("not json", ("label_malformed",)),
        (
            json.dumps({"Label": "1"}),
            tuple(
                f"field_missing:{name}"
                for name in ("ContentProducer", "ProduceID", "ContentPropagator", "PropagateID")
            ),
        ),
        (producer_label("nobody", "1").to_json(), ("producer_code", "propagator_code")),
        (json.dumps({"AIGC": json.loads(LABEL.to_json())}), ()),
    ):
        film = film_of(tmp_path / "film.mp4", 0.5, metadata={"AIGC": text})
        assert verify(film, look_for_mark=False).problems == problems


def test_a_manifest_is_signed_last_and_a_changed_label_breaks_it(
    tmp_path: Path, plain_film: Path
) -> None:
    labelled, signed = tmp_path / "labelled.mp4", tmp_path / "signed.mp4"
    write_label(plain_film, labelled, LABEL)
    assert read_provenance(labelled).state == "absent"
    written = sign_file(labelled, signed, signer(), title="ep-1")
    assert written.state == "valid"
    assert written.source_type.endswith("/trainedAlgorithmicMedia")
    found = verify(signed, look_for_mark=False)
    assert found.lawful
    assert found.implicit == LABEL
    assert "provenance_untrusted" in found.notes

    changed = tmp_path / "changed.mp4"
    changed.write_bytes(signed.read_bytes().replace(b'"ProduceID":"ep-1"', b'"ProduceID":"ep-2"'))
    broken = verify(changed, look_for_mark=False)
    assert broken.problems == ("provenance_invalid",)
    assert "assertion.bmffHash.mismatch" in broken.provenance.problems

    write_label(signed, signed, LABEL)
    assert read_provenance(signed).state == "absent", "a remux drops the manifest"


def test_a_signing_that_fails_leaves_nothing_behind(
    tmp_path: Path, plain_film: Path, film_of: FilmOf
) -> None:
    def refuses(data: bytes) -> bytes:
        raise RuntimeError("the key is locked away")

    target = tmp_path / "signed.mp4"
    with pytest.raises(LabelError):
        sign_file(plain_film, target, Signer(refuses, signer().certificates), title="x")
    with pytest.raises(LabelError):
        sign_file(plain_film, target, Signer(signer().sign, signer().certificates), title="x")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(UnsupportedContainer):
        sign_file(film_of(tmp_path / "film.mkv", 0.5), target, signer(), title="x")


def test_the_command_labels_and_verifies_with_its_exit_status(
    tmp_path: Path, plain_film: Path, run: Callable[..., Any]
) -> None:
    out = tmp_path / "out.mp4"
    code = "0011" + "0" * 18 + "1TEST"
    labelled = run("label", plain_film, out, "--producer", code, "--id", "ep-7", "--json")
    assert labelled.returncode == 0, labelled.stderr
    assert json.loads(labelled.stdout)["label"]["ProduceID"] == "ep-7"

    good = run("verify", out, "--json")
    assert good.returncode == 0
    assert json.loads(good.stdout)["lawful"] is True
    assert run("verify", plain_film, "--json", "--no-mark").returncode == 1
    for bad in (
        ["verify", tmp_path / "none.mp4"],
        ["verify", __file__],
        ["label", plain_film, out, "--id", "a b"],
        ["label", plain_film, tmp_path / "x.mp4", "--producer", "123", "--id", "1"],
        ["verify"],
    ):
        refused = run(*bad)
        assert refused.returncode == 2, bad
        assert refused.stdout == ""
        assert "Traceback" not in refused.stderr
        assert refused.stderr.strip()
    assert not (tmp_path / "x.mp4").exists()


def test_the_module_runs_as_a_command(plain_film: Path) -> None:
    command = [sys.executable, "-m", "moderation", "verify", str(plain_film), "--no-mark", "--json"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert ran.returncode == 1, ran.stderr
    assert json.loads(ran.stdout)["problems"] == ["label_missing"]
    assert ran.stderr == ""
