"""Surveys at the desk: written question by question, looked at, opened, and after the close their figures."""

import json
import secrets
from collections.abc import Mapping
from datetime import timedelta
from hashlib import blake2b
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongfen.activities import surveys
from gongfen.activities.models import Activity, Survey
from gongfen.activities.survey_forms import read_form
from gongfen.activities.surveys import UnknownSurvey
from gongfen.console.activities import MAKES, READS
from gongfen.console.activity import has_role_at
from gongfen.console.asks import drawn
from gongfen.console.ground import Staff, page
from gongfen.console.hosts import activity_page
from gongfen.console.listing import XLSX
from gongfen.console.survey_asks import ABOUT, drawn_questions, many_of, read_survey, typed_again
from gongfen.files.writer import csv_of, xlsx_of
from gongfen.rules.claim_states import TAKES_CLAIMS
from gongfen.rules.refusals import Refusal
from gongfen.rules.surveys import MOST_QUESTIONS, Asks, Form, cells_of
from gongfen.statements.residents import title
from gongfen.statements.survey_papers import cell_words, survey_pdf
from gongfen.town.ids import read_ids
from gongfen.words import here
from gongfen.words.desk import SURVEY_KINDS

STATES = {
    Survey.State.DRAFT: ("草稿", "draft"),
    Survey.State.OPEN: ("开放中", "open"),
    Survey.State.CLOSED: ("已结束", "closed"),
}


@activity_page(*MAKES)
def new(request: HttpRequest, staff: Staff, found: Activity) -> HttpResponse:
    """Write a survey: one more question, a look at it, or keep it as a draft. All that was typed stays."""
    if request.method != "POST":
        return _form(request, staff, found, _begun(request, staff, found))
    typed = request.POST.dict()
    if "more" in request.POST:
        return _form(request, staff, found, typed | {"many": str(min(many_of(typed) + 1, MOST_QUESTIONS))})
    try:
        told = read_survey(typed, staff)
        if "keep" not in request.POST:
            return _form(request, staff, found, typed, shown=read_form(told.questions))
        # The same words sent twice are one draft; other words from the same page are another.
        said = json.dumps([told.title, told.title_en, told.closes_at.isoformat(), told.questions])
        key = f"desk/{typed.get('key', '')[:32]}/{blake2b(said.encode(), digest_size=16).hexdigest()}"
        made = surveys.draft_survey(
            staff.resident, found, told.questions, title=told.title, title_en=told.title_en,
            closes_at=told.closes_at, key=key,
        )  # fmt: skip
    except Refusal as no:
        return _form(request, staff, found, typed, no)
    return HttpResponseRedirect(f"/desk/activities/{found.id}/surveys/{made.id}", status=303)


def _begun(request: HttpRequest, staff: Staff, found: Activity) -> dict[str, str]:
    """What stands in the form already: the activity's name, or an earlier survey's questions."""
    last = here(max(found.ends_at, staff.now + timedelta(days=7)))
    typed = {"title": found.title, "title_en": found.title_en, "last_day": last.date().isoformat(), "until": "20:00"}
    before = Survey.of(staff.town).filter(id__in=read_ids([request.GET.get("copy", "")]), activity=found).first()
    return typed if before is None else typed | typed_again(before.title, before.title_en, before.questions)


def _form(
    request: HttpRequest,
    staff: Staff,
    found: Activity,
    typed: Mapping[str, str],
    no: Refusal | None = None,
    *,
    shown: Form | None = None,
) -> HttpResponse:
    questions = drawn_questions(typed, staff, no)
    return page(
        request, staff, "survey_form.html", refusal=no, one=found, title=title(found, staff.lang),
        fields=drawn(ABOUT, typed, staff.lang, no=no, now=staff.now), questions=questions, many=len(questions),
        most=MOST_QUESTIONS, key=typed.get("key") or secrets.token_hex(8), pays=found.kind == "survey",
        shown=told_questions(shown, staff.lang) if shown else [],
    )  # fmt: skip


def told_questions(form: Form, lang: str) -> list[dict[str, Any]]:
    """The questions as they are asked."""
    numbers = {one.code: at for at, one in enumerate(form.questions, 1)}
    known = {one.code: one for one in form.questions}
    return [
        {
            "zh": one.zh, "en": one.en, "kind": SURVEY_KINDS[one.asks][lang == "en"], "options": one.options,
            "least": one.least, "most": one.most, "is_range": one.asks in (Asks.SCALE, Asks.NUMBER),
            "after": numbers[one.only_if.question] if one.only_if else 0,
            "answers": [cell_words(known[one.only_if.question], each, lang) for each in one.only_if.answers]
            if one.only_if else [],
        }
        for one in form.questions
    ]  # fmt: skip


def survey_of(staff: Staff, found: Activity, survey: int) -> Survey:
    """A survey of this activity; a draft only for who writes it."""
    rows = Survey.of(staff.town).filter(id=min(survey, 2**63 - 1), activity=found)
    row = rows.select_related("activity").first()
    if row is None or (row.state == Survey.State.DRAFT and not has_role_at(staff, found, *MAKES)):
        raise UnknownSurvey()
    row.town = staff.town
    row.activity = found
    return row


@activity_page(*READS)
def survey(request: HttpRequest, staff: Staff, found: Activity, survey: int) -> HttpResponse:
    """A survey: its questions, its next step, and after the close the figures that may be told."""
    try:
        row = survey_of(staff, found, survey)
    except Refusal as no:
        return page(request, staff, "not_for_you.html", refusal=no, status=404)
    wish = request.GET.get("as", "")
    if wish in ("csv", "xlsx") and row.state == Survey.State.CLOSED:
        return _file(row, wish)
    return _show(request, staff, found, row)


def _show(request: HttpRequest, staff: Staff, found: Activity, row: Survey, no: Refusal | None = None) -> HttpResponse:
    may = has_role_at(staff, found, *MAKES)
    is_over = row.state == Survey.State.CLOSED
    return page(
        request, staff, "survey.html", refusal=no, one=found, title=title(found, staff.lang), survey=row,
        called=(row.title_en if staff.lang == "en" else "") or row.title,
        state=STATES[Survey.State(row.state)][staff.lang == "en"], may=may,
        is_paper=row.state == Survey.State.OPEN and has_role_at(staff, found, "organiser", "clerk", "reviewer"),
        takes=found.state in TAKES_CLAIMS, is_due=staff.now >= row.closes_at,
        shown=told_questions(surveys.form_of(row), staff.lang),
        figures=_figures(row, staff.lang, may) if is_over else [],
    )  # fmt: skip


def _figures(row: Survey, lang: str, may: bool) -> list[dict[str, Any]]:
    """The published figures in words; what was written is for who made the survey."""
    found, known = surveys.results(row), {one.code: one for one in surveys.form_of(row).questions}
    return [
        {
            "words": (known[one.question].en if lang == "en" else "") or known[one.question].zh,
            "asked": one.asked,
            "cells": [(cell_words(known[one.question], cell, lang), one.cells[cell])
                      for cell in cells_of(known[one.question])],
            "texts": found.texts.get(one.question, []) if may else [],
        }
        for one in found.figures
    ]  # fmt: skip


def _file(row: Survey, wish: str) -> HttpResponse:
    """One line under the stable columns; a hidden cell is empty."""
    names, values = surveys.export(row)
    table: list[list[str | int | None]] = [list(names), list(values)]
    content, kind = (csv_of(table), "text/csv; charset=utf-8") if wish == "csv" else (xlsx_of("survey", table), XLSX)
    answer = HttpResponse(content, kind)
    answer["Content-Disposition"] = f'attachment; filename="survey-{row.id}.{wish}"'
    return answer


@activity_page(*MAKES)
def step(request: HttpRequest, staff: Staff, found: Activity, survey: int, verb: str) -> HttpResponse:
    """Open it, or close it after its last moment. Pressed twice it happens once."""
    try:
        row = survey_of(staff, found, survey)
    except Refusal as no:
        return page(request, staff, "not_for_you.html", refusal=no, status=404)
    try:
        if request.method == "POST" and verb == "open":
            surveys.open_survey(staff.resident, row, now=staff.now)
        elif request.method == "POST" and verb == "close":
            surveys.close_survey(staff.resident.subject, row, now=staff.now)
    except Refusal as no:
        return _show(request, staff, found, row, no)
    return HttpResponseRedirect(f"/desk/activities/{found.id}/surveys/{row.id}", status=303)


@activity_page(*READS)
def paper(request: HttpRequest, staff: Staff, found: Activity, survey: int) -> HttpResponse:
    """The questions on A4, to be answered by hand; copies are all alike."""
    try:
        row = survey_of(staff, found, survey)
    except Refusal as no:
        return page(request, staff, "not_for_you.html", refusal=no, status=404)
    return HttpResponse(survey_pdf(row, staff.lang, staff.now), "application/pdf")
