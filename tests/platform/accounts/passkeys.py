"""A passkey in software: what a phone or a security key does, for tests (WebAuthn level 2,
ES256).
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256

PRESENT_VERIFIED, WITH_KEY = 0x05, 0x40


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class SoftwareKey:
    """One discoverable credential for one site."""

    def __init__(self, origin: str) -> None:
        self.origin, self.id = origin, secrets.token_bytes(16)
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.site = hashlib.sha256((urlsplit(origin).hostname or "").encode()).digest()
        self.user = b""
        self.uses = 0

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer ``navigator.credentials.create``."""
        self.user = base64.urlsafe_b64decode(options["user"]["id"] + "==")
        public = dict(ES256.from_cryptography_key(self.private.public_key()))
        credential = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor.encode(public)
        data = self._data(PRESENT_VERIFIED | WITH_KEY) + credential
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        response = {
            "clientDataJSON": self._client("webauthn.create", options),
            "attestationObject": _text(attestation),
        }
        return self._credential(response | {"transports": ["internal"]}) | {
            "clientExtensionResults": {"credProps": {"rk": True}}
        }

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer ``navigator.credentials.get``."""
        client = self._client("webauthn.get", options)
        data = self._data(PRESENT_VERIFIED)
        raw = base64.urlsafe_b64decode(client + "==")
        signature = self.private.sign(
            data + hashlib.sha256(raw).digest(), ec.ECDSA(hashes.SHA256())
        )
        return self._credential(
            {
                "clientDataJSON": client,
                "authenticatorData": _text(data),
                "signature": _text(signature),
                "userHandle": _text(self.user),
            }
        )

    def _data(self, flags: int) -> bytes:
        self.uses += 1
        return self.site + bytes([flags]) + self.uses.to_bytes(4, "big")

    def _client(self, kind: str, options: dict[str, Any]) -> str:
        told = {
            "type": kind,
            "challenge": options["challenge"],
            "origin": self.origin,
            "crossOrigin": False,
        }
        return _text(json.dumps(told).encode())

    def _credential(self, response: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "public-key",
            "id": _text(self.id),
            "rawId": _text(self.id),
            "response": response,
            "clientExtensionResults": {},
            "authenticatorAttachment": "platform",
        }
