"""What every endpoint stands on: who calls, ids as text, keys of writes, pages by cursor, problems (RFC 9457)."""

import re
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeVar

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import Header, NinjaAPI, Query, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer
from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

from gongfen.journal.written import Written
from gongfen.people.models import Village
from gongfen.people.queries import Caller, caller_by_token
from gongfen.rules.refusals import Refusal
from gongfen.words import sentence

MOST = 1 << 63
_ID = re.compile("[1-9][0-9]{0,18}")
T = TypeVar("T")


def _read_id(value: object) -> int:
    """An id as text. One that no row can have reads as 0: there is nothing by that id."""
    if not _ID.fullmatch(str(value)):
        raise ValueError("an id is a whole number as text")
    found = int(str(value))
    return found if found < MOST else 0


Id = Annotated[
    int,
    BeforeValidator(_read_id),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": "^[1-9][0-9]{0,18}$"}),
]
Money = Annotated[int, Field(description="hundredths of a fen; ¥12.50 is 125000")]
Points = Annotated[int, Field(description="hundredths of a point; 30 points are 3000")]
ActKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[A-Za-z0-9_\-]{8,64}$",
        description="made by the client, new for each thing it does; sent again it does the same thing once",
    ),
]
After = Annotated[Id | None, Query(description="the `next` of the page before")]
Limit = Annotated[int, Query(ge=1, le=200)]


class Page(Schema, Generic[T]):
    """Some rows, and where the next ones begin; without `next` there are no more."""

    items: list[T]
    next: str | None = None


def page(rows: Sequence[T], limit: int, cursor: Callable[[T], int]) -> dict[str, Any]:
    """A page of at most `limit` rows out of up to one more: the one too many says that there is a next page."""
    shown = list(rows[:limit])
    return {"items": shown, "next": str(cursor(shown[-1])) if len(rows) > limit and shown else None}


class Problem(Schema):
    """RFC 9457. `code` is for programs, `title` for people, `facts` fill the client's own words."""

    type: str
    title: str
    status: int
    code: str
    facts: dict[str, Any]


NOT_DONE = frozenset({400, 401, 403, 404, 409, 413, 422, 429, 503})


def answers(shape: Any, status: int = 200) -> dict[Any, Any]:
    """The responses of an endpoint: its own, and the problems that any endpoint may answer with."""
    return {status: shape, NOT_DONE: Problem}


class Nothing(Schema):
    """Done; there is nothing more to say."""

    done: bool = True


class DeviceToken(HttpBearer):
    """A resident's own device: `Authorization: Bearer <token>`."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        return known_caller(request) or caller_by_token(token)


def known_caller(request: HttpRequest) -> Any:
    """Who calls, where this request was let in before: nobody is looked up twice."""
    return getattr(request, "auth", None)


resident_only = DeviceToken()


class CallerRequest(HttpRequest):
    """A request after `resident_only` let it in."""

    auth: Caller


def client_key(caller: Caller, key: str) -> str:
    """The key of an act that has no natural one: the device's and its own."""
    return f"client/{caller.device}/{key}"


def told(response: HttpResponse, written: Written) -> Written:
    """Say on the answer when the act stood already."""
    if not written.is_new:
        response["Idempotency-Replayed"] = "true"
    return written


def village_at(village: int) -> Village:
    """A village by id, with its town; for what everyone may read."""
    found = Village.objects.filter(id=village).select_related("town").first()
    if found is None:
        raise NoSuch(what="village")
    return found


class NoSuch(Refusal):
    """There is nothing by that id, or nothing that the caller may see."""

    code = "no_such_thing"


class SignInFirst(Refusal):
    """The endpoint needs a device's token, and this one is unknown or ended."""

    code = "sign_in_first"


class BadRequest(Refusal):
    """The request is not as the description says. `fields` says where."""

    code = "bad_request"


STATUS = {
    "sign_in_first": 401,
    "not_your_role": 403,
    "needs_two_people": 403,
    "own_household": 403,
    "shop_own_household": 403,
    "staff_of_the_group": 403,
    "till_locked": 403,
    "till_slowed": 429,
    "standing_not_yet": 403,
    "too_busy": 503,
    "closing": 503,
    "bad_request": 422,
    "too_many_tries": 429,
    "slow_down": 429,
    "wechat_slower": 429,
    "wechat_busy": 503,
    "presence_tries_too_fast": 429,
}
BEGINNINGS = (("no_such_", 404), ("unknown_", 404), ("not_yours", 403), ("not_your_", 403))


def status_of(code: str) -> int:
    """The HTTP status of a refusal; 409 (not as things stand now) for most."""
    by_beginning = (status for beginning, status in BEGINNINGS if code.startswith(beginning))
    return STATUS.get(code) or next(by_beginning, 409)


def language(request: HttpRequest) -> str:
    """zh, unless the reader's first language is English."""
    return "en" if request.headers.get("Accept-Language", "").lower().startswith("en") else "zh"


def problem(request: HttpRequest, no: Refusal, status: int | None = None) -> HttpResponse:
    """A refusal as problem+json."""
    found = status or status_of(no.code)
    body = {
        "type": f"https://gongfen.example/problems/{no.code}",
        "title": sentence(no, language(request)),
        "status": found,
        "code": no.code,
        "facts": no.facts,
    }
    response = JsonResponse(body, status=found, json_dumps_params={"ensure_ascii": False, "default": str})
    response["Content-Type"] = "application/problem+json"
    if found == 401:
        response["WWW-Authenticate"] = "Bearer"
    if found in (429, 503):
        response["Retry-After"] = str(no.facts.get("seconds", 1))
    return response


class Api(NinjaAPI):
    """Ninja's description says application/json for everything; our problems are application/problem+json."""

    def get_openapi_schema(self, **options: Any) -> Any:
        schema = super().get_openapi_schema(**options)
        for operations in schema["paths"].values():
            for operation in operations.values():
                _files_are_not_empty(operation)
                for status, response in operation.get("responses", {}).items():
                    content = response.get("content", {})
                    if int(status) >= 400 and "application/json" in content:
                        content["application/problem+json"] = content.pop("application/json")
        return schema


def _files_are_not_empty(operation: dict[str, Any]) -> None:
    form = operation.get("requestBody", {}).get("content", {}).get("multipart/form-data", {})
    for field in form.get("schema", {}).get("properties", {}).values():
        if field.get("format") == "binary":
            field["minLength"] = 1


def teach(api: NinjaAPI) -> None:
    """Every expected no becomes a problem with a code and words."""

    def refused(request: HttpRequest, no: Any) -> HttpResponse:
        return problem(request, no)

    def unknown_caller(request: HttpRequest, _: Any) -> HttpResponse:
        return problem(request, SignInFirst())

    def not_as_described(request: HttpRequest, wrong: Any) -> HttpResponse:
        fields = [".".join(str(part) for part in error["loc"]) for error in wrong.errors]
        return problem(request, BadRequest(fields=fields))

    def bad_http(request: HttpRequest, wrong: Any) -> HttpResponse:
        return problem(request, BadRequest(fields=["body"]), wrong.status_code)

    def nothing_there(request: HttpRequest, _: Any) -> HttpResponse:
        return problem(request, NoSuch(what="page"), 404)

    api.add_exception_handler(Refusal, refused)
    api.add_exception_handler(AuthenticationError, unknown_caller)
    api.add_exception_handler(ValidationError, not_as_described)
    api.add_exception_handler(HttpError, bad_http)
    api.add_exception_handler(Http404, nothing_there)
