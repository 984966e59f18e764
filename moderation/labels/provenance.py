"""C2PA manifests: signed last, checked on arrival.

The operator's key stays with the operator: signing takes a function that signs bytes, so that the
key may lie in an HSM. A remux drops the manifest and a changed label breaks its hash, so write the
``AIGC`` label first and sign after.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from moderation.labels.errors import LabelError, UnreadableFile, UnsupportedContainer
from moderation.labels.files import atomic_replacement, detect_container
from moderation.labels.rules import LabelRules, rules_in_force

State = Literal["absent", "valid", "invalid", "not_supported"]
Algorithm = Literal["ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "ED25519"]
_MIME = {"mp4": "video/mp4", "mov": "video/quicktime"}
# The signature can be valid while no known authority vouches for the signer: a note, not damage.
_UNTRUSTED = "signingCredential.untrusted"
# A file may name any address as its manifest's or its certificate's: nothing that a stranger names
# is ever fetched.
_FETCH_NOTHING = {"verify": {"remote_manifest_fetch": False, "ocsp_fetch": False}}


@dataclass(frozen=True)
class Signer:
    """``sign`` takes bytes and gives the raw signature (r‖s for ES256), ``certificates`` is PEM,
    the signer's first.
    """

    sign: Callable[[bytes], bytes]
    certificates: str
    algorithm: Algorithm = "ES256"
    timestamp_url: str | None = None


@dataclass(frozen=True)
class Provenance:
    """What a file's manifest says. ``problems`` are C2PA status codes; ``trusted``: a known
    authority issued the key.
    """

    state: State
    trusted: bool = False
    problems: tuple[str, ...] = ()
    issuer: str = ""
    source_type: str = ""


def sign_file(
    src: Path,
    dst: Path,
    signer: Signer,
    *,
    title: str,
    assisted: bool = False,
    rules: LabelRules | None = None,
) -> Provenance:
    """Copy ``src`` to ``dst`` with a signed manifest that says the work was created by AI (or with
    its help).

    ``dst`` appears complete and valid or not at all. Raises UnsupportedContainer (C2PA signs MP4
    and MOV, not MKV), LabelError when signing fails, or OSError.
    """
    import c2pa

    rules = rules or rules_in_force()
    container = detect_container(src)
    if container not in _MIME:
        raise UnsupportedContainer(f"{src.name}: C2PA signs MP4 and MOV here, not {container}")
    source_type = rules.source_type_assisted if assisted else rules.source_type_ai
    action = {"action": "c2pa.created", "digitalSourceType": source_type}
    manifest = {
        "claim_generator_info": [{"name": "Huaben"}],
        "title": title,
        "assertions": [{"label": "c2pa.actions", "data": {"actions": [action]}}],
    }
    with atomic_replacement(dst) as part:
        try:
            # from_callback is the signer that works; Signer.from_info fails with this library.
            algorithm = c2pa.C2paSigningAlg[signer.algorithm]
            by = c2pa.Signer.from_callback(
                signer.sign, algorithm, signer.certificates, signer.timestamp_url
            )
            with (
                src.open("rb") as source,
                part.open("w+b") as target,
                c2pa.Builder.from_json(manifest) as builder,
            ):
                builder.sign(by, _MIME[container], source, target)
        except c2pa.C2paError as error:
            raise LabelError(f"{src.name} could not be signed: {error}") from error
        found = _read(part, _MIME[container])
        if found.state != "valid":
            raise LabelError(
                f"the manifest written into {dst.name} does not validate: "
                f"{', '.join(found.problems)}"
            )
    return found


def read_provenance(path: Path) -> Provenance:
    """The file's own manifest, checked against its bytes; one that lies elsewhere is absent. Raises
    UnreadableFile or OSError."""
    mime = _MIME.get(detect_container(path))
    return _read(path, mime) if mime else Provenance("not_supported")


def _read(path: Path, mime: str) -> Provenance:
    import c2pa

    try:
        context = c2pa.Context.from_dict(_FETCH_NOTHING)
        with path.open("rb") as file, c2pa.Reader(mime, file, context=context) as reader:
            found = json.loads(reader.json())
    except c2pa.C2paError as error:
        missing = "ManifestNotFound" in type(error).__name__ or "ManifestNotFound" in str(error)
        if missing or str(error).startswith("Remote:"):
            return Provenance("absent")
        raise UnreadableFile(f"{path.name}: its C2PA manifest cannot be read: {error}") from error
    codes = tuple(status.get("code", "") for status in found.get("validation_status", []))
    problems = tuple(code for code in codes if code != _UNTRUSTED)
    manifest = found.get("manifests", {}).get(found.get("active_manifest"), {})
    actions = [
        action
        for assertion in manifest.get("assertions", [])
        if str(assertion.get("label", "")).startswith("c2pa.actions")
        for action in assertion.get("data", {}).get("actions", [])
    ]
    return Provenance(
        state="invalid" if problems or found.get("validation_state") == "Invalid" else "valid",
        trusted=_UNTRUSTED not in codes and found.get("validation_state") == "Trusted",
        problems=problems,
        issuer=str(manifest.get("signature_info", {}).get("issuer", "")),
        source_type=next(
            (action["digitalSourceType"] for action in actions if "digitalSourceType" in action), ""
        ),
    )
