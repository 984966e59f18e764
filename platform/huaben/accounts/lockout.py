"""What somebody sees after too many wrong passwords."""

from typing import Any

from django.http import HttpRequest, JsonResponse

from huaben.core.localized import LocalizedText
from huaben.core.problems import problem_page


def refuse_locked_out(
    request: HttpRequest, response: Any = None, credentials: Any = None
) -> JsonResponse:
    """429 with how long to wait."""
    title = LocalizedText(
        "密码错误次数过多，请十五分钟后再试",
        "Too many wrong passwords; please try again in fifteen minutes",
    )
    answer = problem_page(request, "locked_out", title, 429)
    answer["Retry-After"] = "900"
    return answer
