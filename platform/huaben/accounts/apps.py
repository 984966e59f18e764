from typing import Any

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "huaben.accounts"
    label = "accounts"

    def ready(self) -> None:
        from allauth.account.signals import user_logged_in

        from . import policies, schema  # noqa: F401
        from .services import merge_viewer

        def take_over_history(request: Any, user: Any, **kwargs: Any) -> None:
            if request is not None and getattr(request, "anonymous_viewer_id", None) is not None:
                merge_viewer(anonymous_id=request.anonymous_viewer_id, user=user)

        user_logged_in.connect(take_over_history, weak=False, dispatch_uid="huaben.accounts.merge")
