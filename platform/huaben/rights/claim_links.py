"""The secret by which a claimant follows a claim without an account. Signed, not stored: nobody who
reads the database can make one.
"""

from __future__ import annotations

from uuid import UUID

from django.core import signing

from huaben.core.problems import NotFound

from .models import Claim

_signer = signing.Signer(salt="huaben.rights.claim", sep=".")


def create_claim_secret(claim: Claim) -> str:
    """The secret of a claim's link; always the same for one claim."""
    return _signer.sign(claim.pk.hex)


def read_claim_secret(secret: str) -> UUID:
    """The id of the claim whose secret this is. Raises NotFound for one that was never issued."""
    try:
        return UUID(_signer.unsign(secret))
    except (signing.BadSignature, ValueError) as error:
        raise NotFound from error
