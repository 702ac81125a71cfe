"""What everyone may know and say: the terms and their history, what is on notice, and one's own choices."""

from django.http import HttpRequest, HttpResponse

from gongfen.activities.objections import object_to
from gongfen.activities.queries import on_notice
from gongfen.activities.reversals import consent_to_reversal, decline_reversal
from gongfen.notices.inbox import wish, wishes_of
from gongfen.pages.ground import back_to, on_post, page, reader_of, signed_in
from gongfen.pages.resident import mine
from gongfen.people.acts import consent
from gongfen.people.models import Consent, Purpose
from gongfen.rules.notice import village_day
from gongfen.rules.refusals import Refusal
from gongfen.statements.residents import in_words, title
from gongfen.statements.terms import the_terms
from gongfen.words.statements import GRADES, HOWS, PURPOSES, TOPICS

A_PAGE = 60


def terms(request: HttpRequest) -> HttpResponse:
    """What each kind of work is worth, decided by whom and with how many."""
    reader = reader_of(request)
    if reader.town is None or reader.village is None:
        return page(request, "empty.html")
    reader.village.town = reader.town
    return page(request, "terms.html", terms=the_terms(reader.village, reader.lang, village_day(reader.now)))


@signed_in
def shown(request: HttpRequest, *, no: Refusal | None = None) -> HttpResponse:
    """What is on notice in the own village: place, hours and household numbers, never a name; open to objection."""
    reader = reader_of(request)
    village = reader.known.resident.village
    after = request.GET.get("after", "")
    first = int(after) if after.isascii() and after.isdigit() and len(after) < 19 else 0
    hosts = [village.subject, reader.in_town.subject]
    claims = on_notice(reader.in_town, hosts, after=first, limit=A_PAGE + 1)
    lines = [
        {
            "id": claim.id,
            "title": title(claim.activity, reader.lang),
            "place": claim.activity.place,
            "day": claim.happened_on,
            "household": claim.resident.household.number,
            "village": "" if claim.resident.village_id == village.id else claim.resident.household.village.name,
            "minutes": claim.minutes,
            "points": claim.points,
            "proof": in_words(GRADES, claim.grade, reader.lang),
            "until": claim.notice_until,
        }
        for claim in claims[:A_PAGE]
    ]
    more = claims[A_PAGE - 1].id if len(claims) > A_PAGE else 0
    return page(request, "notice.html", refusal=no, lines=lines, more=more)


@signed_in
@on_post
def object_here(request: HttpRequest, claim: int) -> HttpResponse:
    """That is not right: this one line waits for another reviewer."""
    reader = reader_of(request)
    try:
        object_to(reader.known.resident, claim, request.POST.get("said", ""), now=reader.now)
    except Refusal as no:
        return shown(request, no=no)
    return back_to(request, "/notice", said="objected")


@signed_in
@on_post
def correction(request: HttpRequest, reversal: int) -> HttpResponse:
    """Yes or no to a correction of one's own award; without the yes nothing moves."""
    reader, agrees = reader_of(request), request.POST.get("answer") == "yes"
    try:
        (consent_to_reversal if agrees else decline_reversal)(reader.known.resident, reversal, now=reader.now)
    except Refusal as no:
        return mine(request, no=no)
    return back_to(request, "/me", said="consented")


@signed_in
def choices(request: HttpRequest, *, no: Refusal | None = None) -> HttpResponse:
    """What one agrees to, one purpose at a time, and how one wants to be told. All off costs nothing."""
    reader = reader_of(request)
    me, lang = reader.known.resident, reader.lang
    given = set(Consent.of(reader.in_town).filter(resident=me, withdrawn_at=None).values_list("purpose", flat=True))
    purposes = [(each.value, in_words(PURPOSES, each.value, lang), each.value in given) for each in Purpose]
    hows = [(how, in_words(HOWS, how, lang)) for how in HOWS]
    topics = [(topic, in_words(TOPICS, topic, lang), how) for topic, (how, _) in wishes_of(me).items()]
    return page(request, "choices.html", refusal=no, purposes=purposes, topics=topics, hows=hows)


@signed_in
@on_post
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the choices of the form."""
    reader = reader_of(request)
    me = reader.known.resident
    try:
        for topic, (_, in_wechat) in wishes_of(me).items():
            if how := request.POST.get(f"topic-{topic}"):
                wish(me, topic, how, in_wechat=in_wechat)
    except Refusal as no:
        return choices(request, no=no)
    ticked = request.POST.getlist("purpose")
    for purpose in Purpose:
        consent(me, purpose.value, given=purpose.value in ticked, now=reader.now)
    return back_to(request, "/me/choices", said="consented")
