"""Accounts at the desk: one resident, one account, and only with a role. Accounts begin with a printed join code."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from gongfen.people.acts import NotYourRole
from gongfen.people.joining import WrongJoinCode
from gongfen.people.models import JoinCode, Resident, StaffAccount
from gongfen.people.queries import roles_of
from gongfen.people.tokens import hash_of, read_join_code
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town


class NameTaken(Refusal):
    """Somebody of the town signs in with this name."""

    code = "name_taken"


class WeakPassword(Refusal):
    """Too short, too common or only digits."""

    code = "weak_password"


class AccountThere(Refusal):
    """This resident has an account at the desk already."""

    code = "account_there"


def username(town: Town, name: str) -> str:
    """Django's name of a staff account: the town's code says whose it is."""
    return f"{town.code}:{name}"


def begin_account(town: Town, join_code: str, *, name: str, password: str, now: datetime) -> StaffAccount:
    """Make an account for the resident of a printed code, once they have a role. The code is used up."""
    try:
        validate_password(password)
    except ValidationError:
        raise WeakPassword() from None
    with transaction.atomic():
        code = (
            JoinCode.of(town)
            .filter(code_hash=hash_of(read_join_code(join_code)), used_at=None, expires_at__gt=now)
            .select_related("resident")
            .first()
        )
        if code is None:
            raise WrongJoinCode()
        if not roles_of(code.resident):
            raise NotYourRole(role="staff")
        _make_way(town, code.resident)
        try:
            with transaction.atomic():
                user = get_user_model().objects.create_user(username=username(town, name), password=password)
        except IntegrityError:
            raise NameTaken(name=name) from None
        JoinCode.of(town).filter(id=code.id).update(used_at=now)
        return StaffAccount.objects.create(town=town, resident=code.resident, user_id=user.pk, made_at=now)


def _make_way(town: Town, resident: Resident) -> None:
    """One resident, one account. Who lost the phone and every recovery code begins again once two people took all
    the roles back and gave one anew: an account from before that opens nothing any more."""
    before = StaffAccount.of(town).filter(resident=resident).first()
    if before is None:
        return
    if before.made_at >= min(role.given_at for role in roles_of(resident)):
        raise AccountThere()
    StaffAccount.of(town).filter(id=before.id).delete()
    get_user_model().objects.filter(pk=before.user_id).delete()


def change_password(user: AbstractBaseUser, password: str) -> None:
    """Another password, no weaker than the first; whoever else is signed in as this person is signed out by it."""
    try:
        validate_password(password)
    except ValidationError:
        raise WeakPassword() from None
    hashed = make_password(password)
    get_user_model().objects.filter(pk=user.pk).update(password=hashed)
    user.password = hashed


def staff_of_user(user: AbstractBaseUser) -> Resident | None:
    """The resident whose account this is, as long as they live here and have a role."""
    code = user.get_username().split(":")[0]
    town = Town.objects.filter(code=int(code)).first() if code.isdecimal() else None
    if town is None:
        return None
    account = (
        StaffAccount.of(town)
        .filter(user_id=user.pk, resident__left_at=None)
        .select_related("resident__village", "resident__household")
        .first()
    )
    if account is None or not roles_of(account.resident):
        return None
    resident: Resident = account.resident
    resident.town = town
    return resident
