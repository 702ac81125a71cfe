"""One's own lines and papers, and coming in."""

from tests.doors import GUEST, OWNER, RESIDENT, Call, Door
from tests.doors_standing import a_proof
from tests.village import Daicun

SECRET = "a-secret-that-this-phone-made-itself"


def asking(daicun: Daicun) -> Call:
    body = {"name": "新来的", "household": "301", "age_band": "adult", "secret": SECRET}
    return Call({"village": daicun.village.id}, body)


def a_neighbour(daicun: Daicun) -> Call:
    other = daicun["钱文书"]
    return Call(body={"household": other.household.number, "name": other.name})


DOORS = (
    Door("GET", "/me/lines", RESIDENT),
    Door("GET", "/me/papers/statement", RESIDENT, lambda _: Call(query={"month": "2026-10"})),
    Door("GET", "/me/papers/book", RESIDENT),
    Door("GET", "/me/papers/dividend", RESIDENT),
    Door("GET", "/me/papers/proofs/{proof}", OWNER, lambda daicun: Call({"proof": a_proof(daicun).id})),
    Door("POST", "/villages/{village}/join-requests", GUEST, asking),
    Door("POST", "/me/neighbours", RESIDENT, a_neighbour),
)
