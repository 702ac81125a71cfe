"""The line on every page of a young village's desk: what comes next, and for whom."""

from typing import Any

from django import template
from django.core.cache import cache

from gongfen.console.first_steps import steps_of, told_step

register = template.Library()
A_WHILE = 24 * 3600


@register.inclusion_tag("console/_next_step.html", takes_context=True)
def next_step(context: dict[str, Any]) -> dict[str, Any]:
    """The next step that this person may do, else the next one; nothing once the village has made them all."""
    staff = context.get("staff")
    path = context["request"].path
    if staff is None or path in ("/desk/", "/desk/first-steps") or context.get("running"):
        return {}
    key = f"first-steps-done/{staff.village.id}"
    if cache.get(key):
        return {}
    left = [step for step in steps_of(staff) if not step.done]
    if not left:
        cache.set(key, True, A_WHILE)
        return {}
    mine = next((step for step in left if staff.has(*step.roles)), left[0])
    return {"lang": context["lang"], "left": len(left), "here": path == mine.href, **told_step(staff, mine)}
