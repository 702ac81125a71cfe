"""What else belongs to a resident alone: notices, standing and proofs, dividend slips, who looked, signing out."""

from django.http import HttpRequest, HttpResponse

from gongfen.notices.inbox import inbox, read_until
from gongfen.pages.ground import DEVICE, back_to, key_of, on_post, page, reader_of, signed_in
from gongfen.people.acts import sign_out
from gongfen.people.looks import who_looked
from gongfen.rules.refusals import Refusal
from gongfen.standing.proofs import NoSuchProof, check, code_of, end, make, proofs_of
from gongfen.standing.queries import standing_of
from gongfen.statements.notices import tell_notices
from gongfen.statements.sharing import slip_pdf, tell_slips
from gongfen.statements.standing import proof_pdf, tell_looks, tell_proof_lines, tell_standing


@signed_in
def notices(request: HttpRequest) -> HttpResponse:
    """The inbox; opening it reads it."""
    reader = reader_of(request)
    found = inbox(reader.known.resident, now=reader.now, limit=60)
    told = tell_notices(found, reader.lang, reader.now)
    if found:
        read_until(reader.known.resident, found[0].id, now=reader.now)
    return page(request, "inbox.html", notices=told)


@signed_in
def standing(request: HttpRequest, *, no: Refusal | None = None) -> HttpResponse:
    """The owner's standing in its own place, explained line by line; and proofs made of it."""
    reader = reader_of(request)
    me = reader.known.resident
    try:
        found = standing_of(me, reader.now)
    except Refusal as refusal:
        return page(request, "said.html", refusal=refusal)
    told = tell_standing(me, found, reader.lang)
    proofs = [(proof, code_of(proof)) for proof in proofs_of(me, reader.now)]
    return page(request, "standing.html", refusal=no, standing=told, proofs=proofs)


@signed_in
@on_post
def new_proof(request: HttpRequest) -> HttpResponse:
    """The owner picks lines, a purpose and a last day."""
    reader = reader_of(request)
    picked = [int(n) for n in request.POST.getlist("line") if n.isascii() and n.isdigit() and len(n) < 19]
    days = request.POST.get("days", "")
    try:
        make(
            reader.known.resident,
            numbers=picked,
            purpose=request.POST.get("purpose", ""),
            days=int(days) if days.isascii() and days.isdigit() and len(days) < 4 else 0,
            key=key_of(request),
            now=reader.now,
        )
    except Refusal as no:
        return standing(request, no=no)
    return back_to(request, "/me/standing", said="proof")


@signed_in
@on_post
def end_proof(request: HttpRequest, proof: int) -> HttpResponse:
    """The owner ends a proof; its page shows nothing from now on."""
    reader = reader_of(request)
    try:
        end(reader.known.resident, proof, now=reader.now)
    except Refusal as no:
        return standing(request, no=no)
    return back_to(request, "/me/standing", said="consented")


@signed_in
def proof_file(request: HttpRequest, proof: int) -> HttpResponse:
    """One of the owner's valid proofs on paper."""
    reader = reader_of(request)
    found = next((one for one in proofs_of(reader.known.resident, reader.now) if one.id == proof), None)
    if found is None:
        return standing(request, no=NoSuchProof())
    address = request.build_absolute_uri(f"/proof/{code_of(found)}")
    return HttpResponse(proof_pdf(reader.known.resident, found, address, reader.lang), "application/pdf")


def proof(request: HttpRequest, code: str) -> HttpResponse:
    """What anyone who has a proof's code sees, until it expires: the picked lines and nothing else."""
    reader = reader_of(request)
    if reader.town is None:
        return page(request, "empty.html")
    try:
        checked = check(reader.town, code, now=reader.now)
    except Refusal as no:
        return page(request, "said.html", refusal=no, status=404)
    return page(request, "proof.html", proof=checked, lines=tell_proof_lines(checked.lines, reader.lang))


@signed_in
def dividend(request: HttpRequest) -> HttpResponse:
    """One's slips, every step of the sum."""
    reader = reader_of(request)
    return page(request, "dividend.html", slips=tell_slips(reader.known.resident, reader.lang))


@signed_in
def dividend_file(request: HttpRequest) -> HttpResponse:
    """One's slips on paper."""
    reader = reader_of(request)
    return HttpResponse(slip_pdf(reader.known.resident, reader.lang, reader.now), "application/pdf")


@signed_in
def seen(request: HttpRequest) -> HttpResponse:
    """Who looked at one's data, and why."""
    reader = reader_of(request)
    return page(request, "seen.html", looks=tell_looks(who_looked(reader.known.resident), reader.lang))


@signed_in
@on_post
def leave(request: HttpRequest) -> HttpResponse:
    """Sign this device out."""
    reader = reader_of(request)
    sign_out(reader.known, reader.known.device, now=reader.now)
    response = back_to(request, "/")
    response.delete_cookie(DEVICE)
    return response
