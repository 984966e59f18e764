"""Session authentication that answers 401, not 403, to somebody who is not signed in."""

from rest_framework import authentication
from rest_framework.request import Request


class SessionAuthentication(authentication.SessionAuthentication):
    """DRF's own, with a challenge, so that a page knows to offer the sign-in sheet."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"
