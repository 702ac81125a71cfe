"""Words in templates: both languages stand side by side, so that neither can be forgotten."""

from datetime import date, datetime
from typing import Any

from django import template
from django.http import QueryDict
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from gongfen import words
from gongfen.statements.codes import qr_svg

register = template.Library()


@register.simple_tag(takes_context=True)
def say(context: dict[str, Any], zh: str, en: str, **facts: object) -> SafeString:
    """`{% say "还有 {n} 个名额" "{n} places left" n=left %}`: the reader's language, facts filled in and escaped."""
    lang = context.get("lang", "zh")
    text = en if lang == "en" else zh
    return conditional_escape(words.fill(text, lang, now=context.get("now"), **facts) if facts else text)


@register.simple_tag(takes_context=True)
def day(context: dict[str, Any], when: date | datetime) -> str:
    """今天, 昨天, 11月3日."""
    return words.day(when, context["lang"], context["now"])


@register.simple_tag(takes_context=True)
def moment(context: dict[str, Any], when: datetime) -> str:
    """今天 14:05."""
    return words.moment(when, context["lang"], context["now"])


@register.filter
def clock(when: datetime) -> str:
    """14:05, by the village's clock."""
    return words.clock_time(when)


@register.filter
def money(hundredths: int) -> str:
    """¥12.50 (hundredths of a fen)."""
    return words.money(hundredths)


@register.filter
def points(hundredths: int) -> str:
    """30 (hundredths of a point)."""
    return words.points(hundredths)


@register.filter
def gained(text: str) -> str:
    """A change with its sign: + in, − out."""
    return text if text.startswith("−") else f"+{text}"


@register.filter
def grouped(digits: str) -> str:
    """Digits in groups of four, to be read aloud."""
    return " ".join(digits[i : i + 4] for i in range(0, len(digits), 4))


@register.filter
def typed_in(typed: QueryDict, name: str) -> str:
    """What was typed into the field of this name, so that a no loses nothing."""
    return typed.get(name, "")


@register.filter
def ticked_in(typed: QueryDict, name: str) -> list[str]:
    """What was ticked under this name."""
    return typed.getlist(name)


@register.simple_tag
def qr(content: str, label: str) -> SafeString:
    """A QR code drawn in the page; `label` says to a screen reader what it is."""
    return mark_safe(qr_svg(content, str(conditional_escape(label))))
