"""A batch: acts that are decided one by one and written together, in one transaction."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Model

from gongfen.journal.models import Act, TownHead
from gongfen.journal.written import Written
from gongfen.ledger import storage
from gongfen.ledger.book import Book
from gongfen.ledger.changes import Changes
from gongfen.ledger.draft import Draft
from gongfen.rules.places import place
from gongfen.rules.posting import KIND_BITS, Line
from gongfen.rules.refusals import Refusal
from gongfen.town import clock
from gongfen.town.models import Town

Answer = Written | Refusal
MOST_KEY = 120


class ActConflict(Refusal):
    """The key was used before, for something else. Reusing a key for the same thing is fine."""

    code = "act_conflict"


class NotYetHappened(Refusal):
    """An act cannot have happened after now."""

    code = "not_yet_happened"


class BadKey(Refusal):
    """A key is 1 to 120 letters that can be seen."""

    code = "bad_key"


class DiskFull(Refusal):
    """The engine had no room to write. Nothing was written, nothing is lost."""

    code = "disk_full"


class UnknownTown(Refusal):
    """There is no such town, or it was never founded."""

    code = "unknown_town"


class Batch:
    """Acts of one town, waiting to be decided in their order. Made by `one_batch`."""

    def __init__(self, town: Town, last: int, now: datetime) -> None:
        self.town, self.now = town, now
        self.answers: list[Answer] = []
        self._last = last
        self._drafts: list[Draft] = []
        self._moments: dict[datetime, object] = {}
        self._stored_now = storage.stored_moment(now)
        self._bad_keys: set[str] = set()
        self.reversed: dict[tuple[int, int], int] = {}  # what reversals of this batch took, by act and line

    def act(
        self,
        *,
        key: str,
        verb: str,
        by: int,
        about: int,
        facts: dict[str, Any] | None = None,
        happened_at: datetime | None = None,
        asked: str | None = None,
    ) -> Draft:
        """One more act. `asked` is what the caller sent, when that is not the facts: the same key with another
        `asked` is refused (`act_conflict`), the same again is answered with the act that stands."""
        draft = Draft(key, verb, by, about, facts or {}, happened_at, asked)
        if not 0 < len(key) <= MOST_KEY or not key.isprintable():
            draft.refuse(BadKey())
            self._bad_keys.add(key)
        self._drafts.append(draft)
        return draft

    def written(self, keys: Collection[str]) -> dict[str, Written]:
        """The acts that stand in the journal already, by key, read under the town's lock."""
        return repeats(self.town, [found[0] for found in storage.read_acts(self.town.id, keys).values()])

    def finish(self) -> None:
        """Decide every act in its order, then write all that were accepted."""
        drafts = self._drafts
        if not drafts:
            return
        accounts = _accounts(drafts)
        known, standing = storage.read_acts_and_accounts(
            self.town.id, {draft.key for draft in drafts} - self._bad_keys, accounts
        )
        again = {found[0] for found in known.values()}
        stood = repeats(self.town, again) if again else {}
        asked = {key: found[2] for key, found in known.items()}
        book = Book(self.town, accounts, standing)
        changes = Changes(self.town, [change for draft in drafts for change in draft.changed or ()])
        rows: list[Model] = []
        texts: list[storage.ActRow] = []
        for draft in drafts:
            if draft.key in asked:
                same = asked[draft.key] == draft.asked
                self.answers.append(stood[draft.key]._replace(is_new=False) if same else ActConflict(key=draft.key))
                continue
            answer = self._decide(draft, book, changes)
            if isinstance(answer, Refusal):
                self.answers.append(answer)
                continue
            written = self._accept(draft, answer, book, changes, rows, texts)
            asked[draft.key], stood[draft.key] = draft.asked, written
            self.answers.append(written)
        self._write(book, changes, rows, texts)

    def _decide(self, draft: Draft, book: Book, changes: Changes) -> list[Line] | Refusal:
        if draft.refused:
            return draft.refused
        if draft.happened_at is not None and draft.happened_at > self.now:
            return NotYetHappened(happened_at=draft.happened_at.isoformat())
        for check in draft.checks or ():
            if refusal := check():
                return refusal
        if draft.changed and (refusal := changes.check(draft.changed)):
            return refusal
        moves = draft.wishes
        if draft.maker:
            try:
                moves = [*moves, *draft.maker(lambda address: book.balance(address.account))]
            except Refusal as refusal:
                return refusal
        return book.decide(moves) if moves else []

    def _accept(
        self,
        draft: Draft,
        lines: Sequence[Line],
        book: Book,
        changes: Changes,
        rows: list[Model],
        texts: list[storage.ActRow],
    ) -> Written:
        self._last += 1
        act = place(self.town.code, self._last)
        happened, now = self.now, self._stored_now
        if draft.happened_at is not None:
            happened, now = draft.happened_at, self._stored(draft.happened_at)
        texts.append((
            act, self.town.id, draft.key, draft.asked, draft.verb, draft.by, draft.about, draft.facts_text,
            now, self._stored_now,
        ))  # fmt: skip
        if lines:
            book.post(act, lines)
        if draft.changed:
            changes.apply(draft.changed, act)
        if draft.created:
            rows.extend(row(act) if callable(row) else row for row in draft.created)
        if draft.later:
            for later in draft.later:
                later()
        return _written((act, draft.key, draft.verb, draft.by, draft.about, draft.facts, happened, self.now, True))

    def _stored(self, moment: datetime) -> object:
        found = self._moments.get(moment)
        if found is None:
            found = self._moments[moment] = storage.stored_moment(moment)
        return found

    def _write(self, book: Book, changes: Changes, rows: list[Model], texts: list[storage.ActRow]) -> None:
        if not texts:
            return
        # The row is locked since the batch began: acts that were refused leave no gap in the numbers.
        head = TownHead.objects.filter(town=self.town, last=self._last - len(texts))
        if not head.update(last=self._last):
            raise IntegrityError("the town's head row moved although this batch holds it")
        storage.write_acts(texts)
        book.write()
        changes.write()
        by_model: dict[type[Model], list[Model]] = {}
        for row in rows:
            by_model.setdefault(type(row), []).append(row)
        for model, same in by_model.items():
            model._default_manager.bulk_create(same, batch_size=1000)


_written = partial(tuple.__new__, Written)  # a NamedTuple's own way is slower, and there are very many


def _accounts(drafts: Sequence[Draft]) -> set[int]:
    found: set[int] = set()
    for draft in drafts:
        for (kind, owner), (other_kind, other), _ in draft.wishes:
            found.add(owner << KIND_BITS | kind)
            found.add(other << KIND_BITS | other_kind)
        for address in draft.touching:
            found.add(address.account)
    return found


def repeats(town: Town, acts: Collection[int]) -> dict[str, Written]:
    """The acts with these ids, by key, as answers to a repeat."""
    found: dict[str, Written] = {}
    every = list(acts)
    for start in range(0, len(every), 20_000):
        for act in Act.of(town).filter(id__in=every[start : start + 20_000]):
            found[act.key] = Written(
                act.id, act.key, act.verb, act.by, act.about, act.facts, act.happened_at, act.written_at, is_new=False
            )
    return found


@contextmanager
def one_batch(town: Town, now: datetime | None = None, *, within: bool = False) -> Iterator[Batch]:
    """One transaction of one town. Its head row is locked first, so what is read inside is the truth.

    When the block ends the acts are decided in their order, as if they came one by one, and written;
    `batch.answers` has an answer for each. An exception writes nothing at all. `within` a transaction that is its
    caller's own, and ends with whatever goes wrong here, no savepoint is needed.
    """
    try:
        with transaction.atomic(savepoint=not within):
            last = TownHead.objects.select_for_update().filter(town=town).values_list("last", flat=True).first()
            if last is None:
                raise UnknownTown(town=str(town.pk))
            batch = Batch(town, last, now or clock.now())
            yield batch
            batch.finish()
    except OperationalError as wrong:
        if storage.is_full(wrong):
            raise DiskFull() from wrong
        raise


def one(answers: Sequence[Answer]) -> Written:
    """The one answer, or its refusal raised."""
    (answer,) = answers
    if isinstance(answer, Refusal):
        raise answer
    return answer
