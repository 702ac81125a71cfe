"""What a village prints, from its books: books, cards, signs, sheets, and the slips of a whole run."""

from collections.abc import Sequence
from datetime import datetime

from gongfen import prints
from gongfen.activities.models import Activity, Place
from gongfen.dividends.models import Run
from gongfen.dividends.slips import slips_of_run
from gongfen.ledger.queries import balance_of
from gongfen.people.models import Resident
from gongfen.rules.notice import village_day
from gongfen.shops.models import Merchant
from gongfen.statements.outside import complain_to
from gongfen.statements.public import OnNow, tell_activities
from gongfen.statements.residents import my_lines, shop_name, title
from gongfen.statements.sharing import paper_slip
from gongfen.words import clock_time, here, plain_day, weekday, yuan

MOST_LINES = 120  # lines of a printed book; older ones are in the statement
CARD = "gf:card:"  # what a till's scanner knows a card by
STEPS = (
    ("扫码报名，或告诉组长", "到场扫签到码", "走时再扫一次"),
    ("Scan to sign up, or tell your group's leader", "Scan the code at the place", "Scan again when you leave"),
)
HELD = (Place.State.HAS_PLACE, Place.State.RECONFIRMED)


def book_pdf(resident: Resident, lang: str, now: datetime) -> bytes:
    """A resident's work-point book with the latest lines of points."""
    lines = [line for line in my_lines(resident, lang, limit=MOST_LINES) if line.points][::-1]
    balance = sum(line.points for line in lines)
    told = []
    from_before = _has(resident) - balance
    for line in lines:
        from_before += line.points
        told.append(prints.BookLine(here(line.at).date(), line.told, line.proof, line.points, from_before))
    book = prints.Book(
        village=resident.village.name,
        name=resident.name,
        group=resident.group.name,
        household=resident.household.number,
        printed_at=now,
        complain_to=complain_to(),
        par=resident.town.par,
        lines=told,
        lang=lang,
    )
    return prints.book(book)


def cards_pdf(made: Sequence[tuple[Resident, str]], now: datetime) -> bytes:
    """Cards to cut out: residents with the ids that their cards carry. The ids are printed and kept nowhere."""
    return prints.cards([_card(resident, card_id) for resident, card_id in made], now)


def card_pdf(resident: Resident, card_id: str, now: datetime) -> bytes:
    """One card."""
    return prints.card(_card(resident, card_id), now)


def sign_pdf(shop: Merchant, address: str, lang: str, now: datetime) -> bytes:
    """The sign beside a shop's till."""
    return prints.sign(prints.Sign(shop_name(shop, lang), str(shop.id), shop.town.name, address, now, lang))


def sheet_pdf(activity: Activity, number: str, leader: str, address: str, lang: str, now: datetime) -> bytes:
    """The sign-in sheet of an activity with those who have a place, and empty lines."""
    held = Place.of(activity.town).filter(activity=activity, state__in=HELD).select_related("resident__household")
    names = [
        prints.SheetName(place.resident.name, place.resident.group.name, place.resident.household.number)
        for place in held.select_related("resident__group", "resident__household").order_by("resident__name")
    ]
    sheet = prints.SignInSheet(
        village=activity.village.name if activity.village else activity.town.name,
        activity=title(activity, lang),
        day=village_day(activity.starts_at),
        where=activity.place,
        leader=leader,
        number=number,
        address=address,
        printed_at=now,
        names=names,
        empty=max(10, 20 - len(names)),
        lang=lang,
    )
    return prints.sign_in_sheet(sheet)


def poster_pdf(activity: Activity, address: str, lang: str, now: datetime) -> bytes:
    """The poster of an activity; `address` is what its code opens."""
    (told,), en = tell_activities(activity.town, [activity], lang, now), lang == "en"
    places = ("everyone is welcome" if en else "都可以来") if told.places is None else str(told.places)
    paid = f"¥{yuan(told.pay_money)} a day" if en else f"一个工日 {yuan(told.pay_money)} 元"
    paper_way = f"Without a phone: {told.paper_path}" if en else f"没有手机：{told.paper_path}"
    poster = prints.Poster(
        title=told.title,
        village=activity.village.name if activity.village else activity.town.name,
        when=_when(told, lang),
        where=told.place or "—",
        places=places,
        worth=paid if told.is_paid else told.worth or ("without points" if en else "不计工分"),
        contact="the village desk" if en else "村委会",
        address=address,
        printed_at=now,
        paper_way=paper_way if told.paper_path else "",
        steps=STEPS[en],
        lang=lang,
    )
    return prints.poster(poster)


def _when(told: OnNow, lang: str) -> str:
    first, last = here(told.starts_at).date(), here(told.ends_at).date()
    begins = f"{plain_day(first, lang)} {weekday(first, lang)} {clock_time(told.starts_at)}"
    until = "" if first == last else f"{plain_day(last, lang, with_year=False)} "
    return f"{begins} – {until}{clock_time(told.ends_at)}"


def slips_pdf(run: Run, lang: str, now: datetime) -> bytes:
    """The slips of everyone in a run, by household."""
    town = run.town
    every = slips_of_run(town, run)
    rows = Resident.of(town).filter(subject__in={payee for payee, _ in every})
    people = {one.subject: one for one in rows.select_related("village", "household")}
    own = [(people[payee], slip) for payee, slip in every if payee in people]
    own.sort(key=lambda pair: (pair[0].household.number.rjust(20), pair[0].id, pair[1].is_child))
    return prints.slips([paper_slip(one, slip, lang) for one, slip in own], now)


def _card(resident: Resident, card_id: str) -> prints.Card:
    return prints.Card(
        village=resident.village.name,
        name=resident.name,
        group=resident.group.name,
        number=str(resident.id)[-8:],
        content=CARD + card_id,
    )


def _has(resident: Resident) -> int:
    return balance_of(resident.town, resident.points)
