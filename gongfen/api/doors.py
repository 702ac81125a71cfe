"""All routers under one description. A router more is a line more."""

from ninja import Router

from gongfen import __version__
from gongfen.api import inbox, me, public, sharing, sharing_desk, standing
from gongfen.api.ground import Api, teach

ROUTERS: tuple[Router, ...] = (
    public.router,
    me.router,
    sharing.router,
    sharing_desk.router,
    standing.router,
    inbox.router,
)

api = Api(
    title="Gongfen 工分",
    version=__version__,
    description="Work points of a village: amounts are whole hundredths, ids are text, writes carry Idempotency-Key.",
    urls_namespace="api",
)
teach(api)
for router in ROUTERS:
    api.add_router("", router)
