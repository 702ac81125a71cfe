"""Which WeChat account signs in for which device."""

from django.db import models

from gongfen.people.models import Device
from gongfen.town.models import TownKey, TownModel


class WeChatLink(TownModel):
    """A WeChat account and the one device that it signs in. It ends with its device."""

    device = TownKey(Device, models.CASCADE, related_name="+")
    openid_hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["openid_hash"], name="wechat_link")]
