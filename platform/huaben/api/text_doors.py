"""Every text that somebody may send, and the door that it goes through before others read it.

A field that is not in this table has no door: ``tests/platform/api/test_text_doors.py`` walks the
schema's request bodies and fails for one that is missing here.
"""

from __future__ import annotations

from enum import StrEnum


class Door(StrEnum):
    """What stands between a text and those who read it."""

    WORDS = "catalog.services.words: cleared before it is on stage, old words stay until then"
    SPEECH = "speech: checked before it is shown, reported, taken down"
    NAME = "accounts.names: cleaned, none of the house's, no word of the lexicon"
    STAFF = "written by somebody who works in the house, for those whom it concerns"
    PARTIES = "read by the parties of a claim and the desk, never in public"
    WRITERS = "read by those who write together, who know each other"
    OWN = "read by nobody but its author and staff"
    CODE = "a code, a version, a slug or a language: one of a known list or form, not prose"
    STORY = "names and values that the story counts with; no page draws them"


API = "/api/v1/"
# By operation (method and path below ``API``), each text field of its body; ``[]``: of each item,
# ``*``: whatever is below.
FIELDS: dict[str, dict[str, Door]] = {
    "POST series": {
        "title": Door.WORDS, "synopsis": Door.WORDS, "genres[]": Door.CODE,
    },
    "PATCH series/{series_id}": {
        "title": Door.WORDS, "synopsis": Door.WORDS, "genres[]": Door.CODE,
    },
    "POST series/{series_id}/episodes": {"title": Door.WORDS},
    "PATCH episodes/{episode_id}": {"title": Door.WORDS},
    "PUT series/{series_id}/graph": {
        "choices[].text": Door.WORDS,
        "choices[].seal": Door.WORDS,
        "choices[].condition": Door.STORY,
        "choices[].effects[].var": Door.STORY,
        "choices[].effects[].value": Door.STORY,
    },
    "POST cuts/{cut_id}/appeal": {"reason": Door.OWN},
    "POST episodes/{episode_id}/comments": {"text": Door.SPEECH},
    "POST episodes/{episode_id}/danmaku": {"text": Door.SPEECH},
    "POST series/{series_id}/proposals": {
        "title": Door.SPEECH, "text": Door.SPEECH, "choice_text": Door.SPEECH,
    },
    "POST speech/{speech_id}/report": {"reason": Door.CODE, "note": Door.OWN},
    "PATCH me": {"display_name": Door.NAME},
    "PATCH feed/preferences": {"muted_genres[]": Door.CODE},
    "POST filing/filings/{series_id}/number": {
        "number": Door.STAFF, "authority": Door.STAFF, "special_theme": Door.STAFF,
        "note": Door.STAFF,
    },
    "POST filing/filings/{series_id}/revoke": {"reason": Door.STAFF},
    "POST filing/filings/{series_id}/confirm-title": {"title": Door.STAFF},
    "POST filing/filings/{series_id}/corrections": {
        "number": Door.STAFF, "authority": Door.STAFF, "special_theme": Door.STAFF,
        "reason": Door.STAFF,
    },
    "POST filing/rules": {
        "version": Door.CODE, "sources[]": Door.STAFF, "special_themes[]": Door.STAFF,
        "tiers[].zh": Door.STAFF, "tiers[].en": Door.STAFF, "tiers[].number_pattern": Door.CODE,
        "tiers[].example": Door.STAFF,
    },
    "POST review/cases/{case_id}/approve": {
        "words_sha256": Door.CODE, "note": Door.STAFF, "age_notice": Door.CODE,
    },
    "POST review/cases/{case_id}/reject": {
        "reasons[].code": Door.CODE, "reasons[].note": Door.STAFF, "note": Door.STAFF,
    },
    "POST review/cases/{case_id}/take-down": {
        "reasons[].code": Door.CODE, "reasons[].note": Door.STAFF, "note": Door.STAFF,
    },
    "POST review/cases/{case_id}/reopen": {"note": Door.STAFF},
    "POST review/speech/{speech_id}/refuse": {"reason": Door.CODE, "note": Door.STAFF},
    "POST review/words/{revision_id}/refuse": {"reason": Door.CODE, "note": Door.STAFF},
    "POST never-list": {
        "phrase": Door.STAFF, "category": Door.CODE, "exceptions[]": Door.STAFF,
        "reason": Door.STAFF,
    },
    "POST never-list/{phrase_id}/retire": {"reason": Door.STAFF},
    "POST people/{user_id}/name/remove": {"reason": Door.STAFF},
    "POST people/{user_id}/recovery": {"reason": Door.STAFF},
    "POST rights/blocks": {"reason": Door.STAFF, "evidence": Door.STAFF},
    "POST rights/blocks/{block_id}/lift": {"reason": Door.STAFF},
    "POST rights/claims/{claim_id}/complete": {"profile_kind": Door.CODE},
    "POST rights/claims/{claim_id}/extend": {"note": Door.STAFF},
    "POST rights/claims/{claim_id}/incomplete": {"missing": Door.STAFF},
    "POST rights/claims/{claim_id}/narrow": {"reason": Door.STAFF},
    "POST rights/claims/{claim_id}/reject": {"reason": Door.STAFF},
    "POST rights/claims/{claim_id}/suit": {"note": Door.STAFF},
    "POST rights/claims/{claim_id}/uphold": {"reason": Door.STAFF},
    "POST rights/notices": {
        "claimant_name": Door.PARTIES, "phone": Door.PARTIES, "address": Door.PARTIES,
        "work_title": Door.PARTIES, "work_place": Door.PARTIES, "statement": Door.PARTIES,
        "proofs[]": Door.PARTIES, "signature": Door.PARTIES,
    },
    "POST rights/notices/{secret}/suit": {"note": Door.PARTIES},
    "POST rights/notices/{secret}/supplement": {
        "phone": Door.PARTIES, "address": Door.PARTIES, "work_title": Door.PARTIES,
        "work_place": Door.PARTIES, "statement": Door.PARTIES, "proofs[]": Door.PARTIES,
    },
    "POST rights/profiles": {
        "version": Door.CODE, "kind": Door.CODE, "sources[]": Door.STAFF,
        "terms.zh": Door.STAFF, "terms.en": Door.STAFF, "terms.calendar": Door.CODE,
    },
    "POST studio/claims/{claim_id}/counter": {
        "statement": Door.PARTIES, "proofs[]": Door.PARTIES, "signature": Door.PARTIES,
    },
    "POST studio/projects": {"idea": Door.OWN},
    "PUT studio/projects/{project_id}/outline": {"outline.*": Door.OWN},
    "PUT studio/projects/{project_id}/story/corrections": {"corrections[].word": Door.OWN},
    "PUT studio/projects/{project_id}/script": {"script.*": Door.OWN},
    "POST writing/{room_id}/project": {"idea": Door.OWN},
    "POST writing/{room_id}/versions": {"name": Door.WRITERS},
    "POST writing/{room_id}/writers": {"handle": Door.CODE},
}  # fmt: skip
# What comes in beside the schema's bodies.
ELSEWHERE: dict[str, Door] = {
    "tus header Upload-Metadata: filename": Door.OWN,
    "/_allauth/browser/v1/auth/signup: display_name": Door.NAME,
    "/_allauth/browser/v1/account/authenticators/webauthn: name": Door.OWN,
    "socket of a writing room: the prompt book": Door.WRITERS,
    "Collection.title_zh, Collection.title_en (a shell)": Door.STAFF,
}
