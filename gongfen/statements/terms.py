"""Terms in words: what each kind of work is worth, since when, and who decided it with how many."""

from dataclasses import dataclass
from datetime import date

from gongfen import words
from gongfen.activities.kinds import all_kinds
from gongfen.activities.models import TermsVersion
from gongfen.activities.queries import terms_history
from gongfen.people.models import Village
from gongfen.statements.residents import rule
from gongfen.statements.standing import kind_word
from gongfen.words.statements import CAPS


@dataclass(frozen=True)
class ToldTerms:
    """One version of the terms of one kind of work."""

    kind: str
    what: str
    worth: str
    caps: str
    since: date
    how: str
    took_part: int | None
    said_yes: int | None


@dataclass(frozen=True)
class TermsPage:
    """What holds today, what comes, and what was before."""

    now: list[ToldTerms]
    coming: list[ToldTerms]
    before: list[ToldTerms]


def the_terms(village: Village, lang: str, today: date) -> TermsPage:
    """The terms of the village and of its town, with their history."""
    town = village.town
    versions = [each for host in (village.subject, town.subject) for each in terms_history(town, host)]
    decided = [each for each in versions if each.state == "decided"]
    newest: dict[tuple[int, str, str], TermsVersion] = {}
    for each in sorted(decided, key=lambda one: (one.in_force_from, one.id)):
        if each.in_force_from <= today:
            newest[each.host, each.kind, each.what] = each
    now = sorted(newest.values(), key=lambda one: (one.kind, one.what))
    coming = [each for each in versions if each.in_force_from > today or each.state == "proposed"]
    known = {one.id for one in (*now, *coming)}
    return TermsPage(
        [tell_terms(one, lang) for one in now],
        [tell_terms(one, lang) for one in coming],
        [tell_terms(one, lang) for one in decided if one.id not in known][:100],
    )


def tell_terms(version: TermsVersion, lang: str) -> ToldTerms:
    """One version in words."""
    kind = all_kinds().get(version.kind)
    names = {one.key: (one.en if lang == "en" else one.zh) for one in kind.whats} if kind else {}
    return ToldTerms(
        kind=kind_word(version.kind, lang),
        what=names.get(version.what, version.what),
        worth=rule(version, lang),
        caps=_caps(version, lang),
        since=version.in_force_from,
        how=version.decided_how,
        took_part=version.took_part,
        said_yes=version.said_yes,
    )


def _caps(version: TermsVersion, lang: str) -> str:
    at = words.LANGUAGES.index(lang)
    told = [words.fill(CAPS[name][at], lang, n=most) for name, most in version.caps.items() if name in CAPS and most]
    return " · ".join(told)
