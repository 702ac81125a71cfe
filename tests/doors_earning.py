"""Earning: what everyone reads, what is one's own, and who drafts, approves and reviews."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from gongfen.activities import objections, photos, reversals, terms
from gongfen.activities.kinds.terms import Terms
from gongfen.activities.review_rules import ask_rules
from gongfen.rules.caps import Caps
from gongfen.rules.notice import village_day
from tests.doors import GUEST, OWNER, RESIDENT, Call, Door
from tests.earning import (
    DAY,
    announcement,
    approved,
    awarded,
    claimed,
    drafted,
    form,
    on_notice,
    published,
    refused,
    usual_terms,
)
from tests.village import NOW, Daicun

ORGANISER, STAFF, REVIEWER = "organiser|supervisor", "organiser|supervisor|reviewer", "reviewer"
SUPERVISOR, DECIDES = "supervisor", "supervisor|reviewer"


def a_photo() -> bytes:
    made = BytesIO()
    Image.new("RGB", (60, 40), "green").save(made, "JPEG")
    return made.getvalue()


def village(daicun: Daicun) -> Call:
    published(daicun)
    return Call({"village": daicun.village.id})


def an_activity(daicun: Daicun) -> Call:
    return Call({"village": daicun.village.id, "activity": published(daicun).id})


def a_claim_to_make(daicun: Daicun) -> Call:
    return Call({"activity": published(daicun).id}, {"form": {"minutes": 90}})


def a_photo_to_send(daicun: Daicun) -> Call:
    return Call(files={"photo": SimpleUploadedFile("清渠.jpg", a_photo(), "image/jpeg")})


def own_photo(daicun: Daicun) -> Call:
    sent = photos.upload(daicun["王芳"], daicun["王芳"], a_photo(), now=NOW)
    return Call({"photo": sent.id})


def some_photo(daicun: Daicun) -> Call:
    return Call({"photo": 5})


def own_claim(daicun: Daicun) -> Call:
    return Call({"claim": on_notice(daicun).id})


def a_no(daicun: Daicun) -> Call:
    return Call({"claim": refused(daicun).id}, {"said": "我在的，问老赵"})


def a_line(daicun: Daicun) -> Call:
    return Call({"claim": on_notice(daicun, "赵二").id}, {"said": "那天没见到人"})


def own_correction(daicun: Daicun) -> Call:
    asked = reversals.ask_reversal(daicun["沈审核"], awarded(daicun).id, "记重了", now=NOW)
    return Call({"correction": asked.id})


def waiting_claims(daicun: Daicun) -> Call:
    return Call(body={"claims": [str(claimed(daicun).id)]})


def of_village(daicun: Daicun) -> Call:
    claimed(daicun)
    return Call(query={"village": daicun.village.id})


def a_correction(daicun: Daicun) -> Call:
    return Call(body={"claim": str(awarded(daicun).id), "why": "记重了"})


def a_late_objection(daicun: Daicun) -> Call:
    claim = awarded(daicun)
    objections.object_to(daicun["赵二"], claim.id, "那天没见到人", now=NOW)
    asked = reversals.ask_reversal(daicun["沈审核"], claim.id, "查过了，确实没到", now=NOW)
    return Call({"correction": asked.id})


def a_draft_to_make(daicun: Daicun) -> Call:
    usual_terms(daicun)
    return Call(body={**form(announcement()), "village": str(daicun.village.id)})


def a_draft(daicun: Daicun) -> Call:
    return Call({"activity": drafted(daicun).id})


def an_approved(daicun: Daicun) -> Call:
    return Call({"activity": approved(daicun).id})


def a_published(daicun: Daicun) -> Call:
    return Call({"activity": published(daicun).id})


def a_bigger_budget(daicun: Daicun) -> Call:
    return Call({"activity": published(daicun).id}, {"points": 500})


def a_tally(daicun: Daicun) -> Call:
    line = {"resident": str(daicun["王芳"].id), "form": {"day": "whole"}}
    told = {"kind": "labor", "what": "unpaid", "title": "修渠"}
    return Call({"activity": published(daicun, **told).id}, {"grade": "witnessed", "lines": [line]})


def paper_photo(daicun: Daicun) -> Call:
    sheet = SimpleUploadedFile("签到表.jpg", a_photo(), "image/jpeg")
    path, query = {"activity": published(daicun).id}, {"resident": daicun["李大伯"].id}
    return Call(path, query=query, files={"photo": sheet})


def other_rules(daicun: Daicun) -> Call:
    return Call(body={"village": str(daicun.village.id), "daily_budget": 300_000, "second_look_from": 9_000})


def waiting_rules(daicun: Daicun) -> Call:
    wish = ask_rules(
        daicun["林队长"], daicun.village.subject, daily_budget=300_000, second_look_from=9_000, now=NOW
    )  # fmt: skip
    return Call({"wish": wish.id})


TERMS = {"kind": "volunteering", "what": "common", "unit": "hour", "points": 120, "minutes": 60, "caps": {"day": 800}}


def terms_to_try(daicun: Daicun) -> Call:
    claimed(daicun)
    return Call(body={**TERMS, "village": str(daicun.village.id)})


def terms_to_propose(daicun: Daicun) -> Call:
    usual_terms(daicun)
    begins = village_day(NOW + 8 * DAY).isoformat()
    return Call(body={**TERMS, "village": str(daicun.village.id), "in_force_from": begins})


def proposed(daicun: Daicun) -> int:
    usual_terms(daicun)
    value = Terms("common", "hour", 120, 60, Caps(day=800))
    begins = village_day(NOW + 8 * DAY)
    return terms.propose_terms(
        daicun["林队长"], daicun.village.subject, "volunteering", value, begins, now=NOW
    ).id  # fmt: skip


def a_decision(daicun: Daicun) -> Call:
    body = {"how": "meeting", "on": village_day(NOW).isoformat(), "took_part": 80, "said_yes": 60}
    return Call({"version": proposed(daicun)}, body)


def a_proposal(daicun: Daicun) -> Call:
    return Call({"version": proposed(daicun)})


DOORS = (
    Door("GET", "/kinds", GUEST),
    Door("GET", "/villages/{village}/activities", GUEST, village),
    Door("GET", "/villages/{village}/activities.ics", GUEST, village),
    Door("GET", "/villages/{village}/activities/{activity}", GUEST, an_activity),
    Door("GET", "/villages/{village}/terms", GUEST, village),
    Door("GET", "/villages/{village}/terms/history", GUEST, village),
    Door("GET", "/villages/{village}/on-notice", GUEST, village),
    Door("POST", "/activities/{activity}/claims", RESIDENT, a_claim_to_make),
    Door("POST", "/evidence", RESIDENT, a_photo_to_send),
    Door("GET", "/evidence/{photo}", OWNER, own_photo),
    Door("DELETE", "/evidence/{photo}", RESIDENT, some_photo),
    Door("GET", "/me/participations", RESIDENT),
    Door("GET", "/me/participations/{claim}", OWNER, own_claim),
    Door("GET", "/me/waiting", RESIDENT),
    Door("POST", "/me/participations/{claim}/appeal", OWNER, a_no),
    Door("POST", "/claims/{claim}/objections", RESIDENT, a_line),
    Door("GET", "/me/corrections", RESIDENT),
    Door("POST", "/me/corrections/{correction}/agree", OWNER, own_correction),
    Door("POST", "/me/corrections/{correction}/decline", OWNER, own_correction),
    Door("GET", "/review/claims", REVIEWER, of_village),
    Door("GET", "/review/waiting", REVIEWER, of_village),
    Door("POST", "/review/approve", REVIEWER, waiting_claims),
    Door("POST", "/review/refuse", REVIEWER, lambda daicun: with_reason(waiting_claims(daicun))),
    Door("POST", "/review/corrections", DECIDES, a_correction),
    Door("POST", "/review/corrections/{correction}/rule", SUPERVISOR, a_late_objection),
    Door("GET", "/organise/activities", STAFF, of_village),
    Door("POST", "/organise/activities", ORGANISER, a_draft_to_make),
    Door("GET", "/organise/templates", ORGANISER, of_village),
    Door("GET", "/organise/orders", ORGANISER, of_village),
    Door("GET", "/organise/activities/{activity}", STAFF, a_draft),
    Door("POST", "/organise/activities/{activity}/approve", SUPERVISOR, a_draft),
    Door("POST", "/organise/activities/{activity}/publish", ORGANISER, an_approved),
    Door("POST", "/organise/activities/{activity}/budget", SUPERVISOR, a_bigger_budget),
    Door("POST", "/organise/activities/{activity}/close", ORGANISER, a_published),
    Door("POST", "/organise/activities/{activity}/claims", "organiser", a_tally),
    Door("POST", "/organise/activities/{activity}/drop", ORGANISER, a_draft),
    Door("POST", "/organise/activities/{activity}/evidence", "organiser", paper_photo),
    Door("GET", "/villages/{village}/review-rules", GUEST, village),
    Door("POST", "/review-rules", ORGANISER, other_rules),
    Door("POST", "/review-rules/{wish}/agree", SUPERVISOR, waiting_rules),
    Door("POST", "/review-rules/{wish}/drop", ORGANISER, waiting_rules),
    Door("POST", "/terms/what-if", STAFF, terms_to_try),
    Door("POST", "/terms", ORGANISER, terms_to_propose),
    Door("POST", "/terms/{version}/decide", DECIDES, a_decision),
    Door("POST", "/terms/{version}/drop", ORGANISER, a_proposal),
)


def with_reason(call: Call) -> Call:
    assert isinstance(call.body, dict)
    return Call(body={**call.body, "reason": "签到表上没有"})
