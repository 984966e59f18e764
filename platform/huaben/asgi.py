"""HTTP by Django, WebSockets by Channels."""

from django.core.asgi import get_asgi_application

from huaben.named_settings import require_named_settings

require_named_settings()
http = get_asgi_application()

from channels.auth import AuthMiddlewareStack  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402

from huaben.accounts.middleware import ViewerScope  # noqa: E402
from huaben.api.sockets import urlpatterns  # noqa: E402
from huaben.core.addresses import ClientAddress  # noqa: E402
from huaben.core.bodies import BoundedBodies  # noqa: E402
from huaben.core.handshake import Handshake  # noqa: E402
from huaben.media.request_streaming import StreamedUploads, is_streamed  # noqa: E402

application = ClientAddress(
    ProtocolTypeRouter(
        {
            "http": BoundedBodies(StreamedUploads(http), passes=is_streamed),
            "websocket": Handshake(AuthMiddlewareStack(ViewerScope(URLRouter(urlpatterns)))),
        }
    )
)
