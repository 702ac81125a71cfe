"""Which page of the rooms of people answers which address."""

from django.urls import path

from gongfen.console import cards, homes, importing, leavers, people, person, phone, roles, session_deeds, sessions

urlpatterns = [
    path("people", people.people),
    path("people/codes", people.codes),
    path("people/requests/<int:asked>", people.answer_request),
    path("people/<int:number>", person.person),
    path("people/<int:number>/describe", person.describe),
    path("people/<int:number>/move", person.move),
    path("people/<int:number>/guardian", person.guardian),
    path("people/<int:number>/lost-phone", person.lost_phone),
    path("people/<int:number>/code", person.new_code),
    path("people/<int:number>/session", sessions.begin),
    path("households", homes.homes),
    path("households/<int:number>", homes.home),
    path("households/<int:number>/split", homes.split),
    path("households/<int:number>/merge", homes.merge),
    path("households/<int:number>/head", homes.head),
    path("session", sessions.session),
    path("session/<int:number>", sessions.over),
    path("session/<int:number>/end", sessions.end),
    path("session/<int:number>/receipt.pdf", sessions.receipt),
    path("session/<int:number>/claim/<int:activity>", session_deeds.claim),
    path("session/<int:number>/<str:what>", session_deeds.act),
    path("cards", cards.cards),
    path("cards/ask", cards.ask),
    path("cards/decide", cards.decide),
    path("roles", roles.roles),
    path("roles/propose", roles.propose),
    path("roles/<int:wish>", roles.decide),
    path("leaving", leavers.leavers),
    path("leaving/<int:number>/<str:step>", leavers.pay),
    path("imports", importing.imports),
    path("imports/red", importing.red),
    path("imports/<str:kind>.<str:ending>", importing.table_out),
    path("imports/<str:kind>", importing.table),
    path("phone", phone.phone),
    path("phone/know", phone.know),
    path("looks", leavers.looks),
]
