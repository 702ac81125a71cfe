"""The reviewer's page: claims that wait, evidence beside the decision, yes or no with a reason."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse

from gongfen.activities import photos
from gongfen.pages.ground import back_to, on_post, page, reader_of, signed_in
from gongfen.people.looks import looked
from gongfen.rules.refusals import Refusal
from gongfen.statements.reviews import decide as decide_claims
from gongfen.statements.reviews import waiting_for_review


@signed_in
def desk(request: HttpRequest, *, no: Refusal | None = None, told: Sequence[str] = ()) -> HttpResponse:
    """Claims that this reviewer may decide. Reading them is written down for whom they are about."""
    reader = reader_of(request)
    waiting = waiting_for_review(reader.known.resident, reader.lang)
    looked(reader.known.resident, [claim.resident for claim in waiting], "claim", now=reader.now)
    return page(request, "review.html", refusal=no, waiting=waiting, told=told, status=422 if told else 200)


@signed_in
@on_post
def decide(request: HttpRequest) -> HttpResponse:
    """A yes or a no to one claim, or a yes to all that were ticked. Pressed twice it decides once."""
    reader = reader_of(request)
    me, says_no = reader.known.resident, request.POST.get("answer") == "no"
    given, reason = request.POST.getlist("claim"), request.POST.get("reason", "")
    try:
        decided = decide_claims(me, given, says_no=says_no, reason=reason, lang=reader.lang, now=reader.now)
    except Refusal as no:
        return desk(request, no=no)
    if decided.refused:
        return desk(request, told=decided.refused)
    return back_to(request, "/review", said="refused" if says_no else "approved")


@signed_in
def photo(request: HttpRequest, evidence: int) -> HttpResponse:
    """A claim's photo, for whom it is shown to."""
    try:
        shown = photos.show(reader_of(request).known.resident, evidence)
    except Refusal as no:
        return page(request, "said.html", refusal=no, status=404)
    return HttpResponse(shown, "image/jpeg")
