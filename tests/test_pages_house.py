"""What holds for every page: both languages, sound HTML, labels for every field, nothing inline, no change by link."""

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.test import Client, override_settings
from django.urls import include, path

import gongfen.pages
from gongfen.pages.demo import Person, demo_urls
from gongfen.shops.models import Merchant
from gongfen.town.models import Town
from tests.pages_village import Visit

TEMPLATES = sorted((Path(gongfen.pages.__file__).parent / "templates").rglob("*.html"))
VOID = {"meta", "link", "input", "br", "img", "hr"}
SAID = re.compile(r"""\{% say ("[^"]*"|'[^']*') ("[^"]*"|'[^']*')""")
CHINESE = re.compile("[一-鿿]")

days: list[str] = []
PEOPLE = [
    Person("9", "li", ("有活干", "has work"), "/me"),
    Person("12", "chen", ("开店", "keeps a shop"), "/till"),
]
urlpatterns = [
    path("", include("gongfen.pages.urls")),
    *demo_urls(PEOPLE, lambda town: days.append(town.name)),
]
demo = override_settings(ROOT_URLCONF="tests.test_pages_house", DEMO=True)


class Sound(HTMLParser):
    """Reads a page and notes what is not sound."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: Counter[str] = Counter()
        self.labelled: set[str] = set()
        self.fields: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        if told.get("id"):
            self.ids[str(told["id"])] += 1
        if tag == "label" and told.get("for"):
            self.labelled.add(str(told["for"]))
        if tag in ("input", "select", "textarea") and told.get("type") not in ("hidden", "radio", "checkbox"):
            self.fields.append(told)
        self.faults += [f"{tag} {name}" for name in told if name == "style" or name.startswith("on")]

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def all_faults(self) -> list[str]:
        doubled = [f"id {name} twice" for name, times in self.ids.items() if times > 1]
        bare = [f"no label: {field}" for field in self.fields if str(field.get("id")) not in self.labelled]
        left = [f"<{tag}> is never closed" for tag in self.open]
        return [*self.faults, *doubled, *bare, *left]


def faults(page: str) -> list[str]:
    sound = Sound()
    sound.feed(page)
    return sound.all_faults()


def text(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_every_word_stands_in_both_languages(template):
    source = template.read_text(encoding="utf-8")
    for zh, en in SAID.findall(source):
        assert not CHINESE.search(en), en
        assert CHINESE.search(zh) or not re.search("[a-z]{3}", zh), zh
    bare = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", source)
    assert set(CHINESE.findall(bare)) <= set("中文"), "words outside {% say %}"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_a_form_that_changes_something_carries_its_token(template):
    source = template.read_text(encoding="utf-8")
    assert source.count('method="post"') == source.count("{% csrf_token %}")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_is_sound(visit: Visit, lang):
    visit.earned("li", days=2)
    activity = visit.labor()
    visit.life.claim(activity, "li", grade="typed", day="half")
    li, till = visit.browser("li", lang), visit.till()
    own = ["/me", "/me/statement", "/me/pay", "/me/shop", "/me/inbox", "/me/standing", "/me/dividend", "/me/seen"]
    own.append("/me/office")
    for address in [
        "/",
        "/week",
        "/money",
        "/join",
        f"/a/{activity.id}",
        f"/pay/{visit.shop.id}",
        "/me/year/2026",
        *own,
    ]:
        assert faults(text(li.get(address))) == [], address
    assert faults(text(visit.browser("reviewer", lang).get("/review"))) == []
    assert faults(text(till.get("/till", {"lang": lang}))) == []
    assert faults(text(visit.browser("chen", lang).get("/till"))) == []


def test_what_is_not_sound_is_found():
    assert faults('<p id="a"><b>x</p><input id="b" onclick="x()" style="y"></p>') != []


CHANGES = (
    "/me/hide",
    "/me/leave",
    "/me/leaving",
    "/me/office/phone",
    "/me/proof",
    "/till/take",
    "/till/owner",
    "/till/new",
    "/review/decide",
)


@pytest.mark.parametrize("address", CHANGES)
def test_nothing_changes_by_following_a_link(visit: Visit, address):
    assert visit.browser("chen").get(address).status_code in (200, 302)
    assert visit.browser("chen").get("/me").status_code == 200


@pytest.mark.parametrize("address", [*CHANGES, "/join"])
def test_another_site_cannot_press_our_buttons(visit: Visit, address):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies["gongfen_device"] = visit.token("chen")
    assert strict.post(address, {"name": "x", "household": "1"}).status_code == 403


def test_names_of_shops_and_activities_cannot_carry_a_script(visit: Visit):
    bad = "<script>x()</script>"
    Merchant.of(visit.life.town).update(name=bad)
    activity = visit.life.publish("affairs", "meeting", title=bad)
    li = visit.browser("li")
    for address in ("/", "/week", "/me", "/me/shop", f"/a/{activity.id}", f"/pay/{visit.shop.id}"):
        page = text(li.get(address))
        assert bad not in page
        assert "&lt;script&gt;" in page, address


def test_the_demos_door_is_only_there_in_the_demo(visit: Visit):
    assert visit.browser().get("/demo").status_code == 404
    assert visit.browser().post("/demo/be/0").status_code == 404
    assert visit.browser().post("/demo/next-day").status_code == 404


@demo
def test_one_tap_makes_a_visitor_somebody(visit: Visit):
    browser = visit.browser()
    assert "有活干" in text(browser.get("/demo"))
    answer = browser.post("/demo/be/0", {"key": "k"})
    assert answer.headers["Location"] == "/me"
    assert "<h1>li" in text(browser.get("/me"))


@demo
def test_a_shopkeeper_of_the_demo_stands_at_the_till(visit: Visit):
    browser = visit.browser()
    browser.post("/demo/be/1", {"key": "k"})
    assert "小芳超市" in text(browser.get("/till"))
    browser.post("/demo/be/0", {"key": "k"})
    assert "收多少" not in text(browser.get("/till"))


@demo
def test_a_day_passes_when_the_visitor_says_so(visit: Visit):
    days.clear()
    assert visit.browser().post("/demo/next-day", {"back": "/week"}).headers["Location"].startswith("/week")
    assert days == [Town.objects.get().name]
    assert visit.browser().post("/demo/be/99").status_code == 303
