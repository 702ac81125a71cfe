"""All routers under one description. A router more is a line more."""

from ninja import Router

from gongfen import __version__
from gongfen.api import (
    board,
    coming_in,
    earning,
    earning_me,
    inbox,
    leaving,
    me,
    office,
    organising,
    organising_begin,
    organising_sheets,
    own_papers,
    public,
    reviewing,
    reviewing_activities,
    reviewing_rules,
    reviewing_tally,
    reviewing_terms,
    roster,
    sessions_wechat,
    sharing,
    sharing_desk,
    spending,
    spending_counter,
    spending_desk,
    spending_owner,
    spending_till,
    standing,
    surveys,
    taking_part,
)
from gongfen.api.ground import Api, teach
from gongfen.api.once import once

ROUTERS: tuple[Router, ...] = (
    # Paths are tried in this order, and each costs: what is called most stands first.
    spending_till.router,
    me.router,
    taking_part.router,
    public.router,
    sessions_wechat.router,
    own_papers.router,
    leaving.router,
    office.router,
    coming_in.router,
    sharing.router,
    sharing_desk.router,
    standing.router,
    spending.router,
    spending_owner.router,
    spending_counter.router,
    spending_desk.router,
    inbox.router,
    earning.router,
    earning_me.router,
    reviewing.router,
    reviewing_activities.router,
    reviewing_terms.router,
    reviewing_rules.router,
    reviewing_tally.router,
    organising.router,
    organising_begin.router,
    organising_sheets.router,
    surveys.router,
    board.router,
    roster.router,
)

api = Api(
    title="Gongfen 工分",
    version=__version__,
    description="Work points of a village: amounts are whole hundredths, ids are text, writes carry Idempotency-Key."
    " Sent again with the same key, a write gets the same answer with Idempotency-Replayed: true.",
    urls_namespace="api",
)
teach(api)
for router in ROUTERS:
    router.add_decorator(once, mode="view")
    api.add_router("", router)
