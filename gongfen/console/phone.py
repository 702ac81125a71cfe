"""One's own way in: the known phone that confirms with a PIN, recovery codes, another authenticator, the password."""

from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from gongfen.console.ground import Staff, desk, desk_key, page
from gongfen.console.signing_in import RECOVERY_CODES, new_codes
from gongfen.office import known_phone
from gongfen.people.at_the_office import DeskQuestion
from gongfen.people.staff import change_password
from gongfen.rules.refusals import Refusal

HERE = "/desk/phone"


class NotTheSame(Refusal):
    """The new password was typed in two ways."""

    code = "passwords_differ"


@desk()
def phone(request: HttpRequest, staff: Staff, *, no: Refusal | None = None) -> HttpResponse:
    """Whether a phone is known and the number with which it becomes so; how many recovery codes are left."""
    asked = DeskQuestion.of(staff.town).filter(
        resident=staff.resident, what=known_phone.KNOW, state="open", expires_at__gt=staff.now
    )
    left = StaticToken.objects.filter(device__user_id=request.user.pk).count()
    return page(
        request, staff, "phone.html", refusal=no, phone=known_phone.phone_of(staff.resident), question=asked.first(),
        left=left, of=RECOVERY_CODES, is_changed=request.GET.get("changed") == "yes",
    )  # fmt: skip


@desk(fresh=True)
def know(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Show a number; the phone that types it is known."""
    if request.method == "POST":
        known_phone.ask(staff.resident, known_phone.KNOW, desk_key(request), now=staff.now)
    return HttpResponseRedirect(HERE, status=303)


@desk(fresh=True)
def codes(request: HttpRequest, staff: Staff) -> HttpResponse:
    """A fresh set of recovery codes, shown once; the old ones end."""
    if request.method != "POST":
        return HttpResponseRedirect(HERE, status=303)
    return page(request, staff, "recovery.html", codes=new_codes(request.user))


@desk(fresh=True)
def authenticator(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Another authenticator: the old one goes on until the new one's digits were typed."""
    if request.method != "POST":
        return HttpResponseRedirect(HERE, status=303)
    TOTPDevice.objects.filter(user_id=request.user.pk, confirmed=False).delete()
    TOTPDevice.objects.create(user_id=request.user.pk, name="phone", confirmed=False)
    request.session["beginning"] = request.user.pk
    return HttpResponseRedirect("/desk/second-factor", status=303)


@desk(fresh=True)
def password(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Another password. Wherever else this person is signed in, they are no longer."""
    if request.method != "POST":
        return HttpResponseRedirect(HERE, status=303)
    user: Any = request.user
    new = request.POST.get("new_password", "")
    if not new:  # a password is not carried through the page that asks again
        return HttpResponseRedirect(f"{HERE}#h-password", status=303)
    try:
        if new != request.POST.get("new_again", ""):
            raise NotTheSame()
        change_password(user, new)
    except Refusal as no:
        return phone(request, no=no)
    update_session_auth_hash(request, user)
    return HttpResponseRedirect(f"{HERE}?changed=yes", status=303)
