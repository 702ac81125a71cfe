"""The town is the tenant: every row of every other model belongs to one."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.expressions import Col
from django.db.models.lookups import Exact
from django.db.models.sql.where import WhereNode

from gongfen.town.ids import new_subject, next_id

MOST_TOWNS = 1 << 20


class Town(models.Model):
    """One ledger, one par, one number line, one shard."""

    id = models.BigIntegerField(primary_key=True, default=next_id, editable=False)
    code = models.IntegerField(unique=True)  # the town's digits in pay codes and its bits in act ids
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True, default="")
    par = models.IntegerField(default=100)  # fen a point; 0 where points count only for the dividend; never changes
    subject = models.BigIntegerField(default=new_subject, unique=True)
    founded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="town_par", condition=Q(par__gte=0)),
            models.CheckConstraint(name="town_code", condition=Q(code__gte=0, code__lt=MOST_TOWNS)),
        ]

    def __str__(self) -> str:
        return self.name


class NodeLease(models.Model):
    """A node number of the ids, leased to one process as long as its heart beats."""

    node = models.IntegerField(primary_key=True)
    holder = models.CharField(max_length=64)
    beat_at = models.DateTimeField()
    last_ms = models.BigIntegerField(default=0)  # no id of this node is younger: the next holder starts after it


class TownModel(models.Model):
    """The base of every model of a town: a `town` key, and `of(town)` to begin every query with."""

    id = models.BigIntegerField(primary_key=True, default=next_id, editable=False)
    town = models.ForeignKey(Town, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True

    @classmethod
    def of(cls, town: Town | int) -> QuerySet[Self]:
        """This town's rows."""
        return cls._default_manager.filter(town_id=town if isinstance(town, int) else town.id)


class TownKey(models.ForeignKey[Any, Any]):
    """A foreign key inside a town: adds the town to joins and look-ups, so that a shard never asks another."""

    def get_extra_restriction(self, alias: str | None, related_alias: str | None) -> Any:
        if alias is None or related_alias is None:
            return None
        here: Any = self.model._meta.get_field("town")
        there: Any = self.remote_field.model._meta.get_field("town")
        same: Any = Exact(Col(alias, there), Col(related_alias, here))
        return WhereNode([same])

    def get_extra_descriptor_filter(self, instance: models.Model) -> dict[str, Any]:
        return {"town_id": instance.town_id}  # type: ignore[attr-defined]  # every TownModel has one
