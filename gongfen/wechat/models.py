"""Which WeChat account signs in for which device, and the messages that wait to be sent to it."""

from django.db import models

from gongfen.people.models import Device
from gongfen.town.models import TownKey, TownModel


class WeChatLink(TownModel):
    """A WeChat account and the one device that it signs in. It ends with its device.

    The account itself is kept, sealed, only as long as its owner wants messages there.
    """

    device = TownKey(Device, models.CASCADE, related_name="+")
    openid_hash = models.BinaryField(max_length=32)
    sealed_openid = models.BinaryField(max_length=200, null=True)
    yeses = models.JSONField(default=dict)  # template id → how many messages its owner still allowed

    class Meta:
        constraints = [models.UniqueConstraint(fields=["openid_hash"], name="wechat_link")]


class WeChatMessage(TownModel):
    """A message on its way: the code of its text and what fills it. Deleted when it is sent, or after three days."""

    device = TownKey(Device, models.CASCADE, related_name="+")
    code = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    count = models.IntegerField(default=1)
    made_at = models.DateTimeField()
    deliver_at = models.DateTimeField()  # the next try

    class Meta:
        indexes = [models.Index(fields=["town", "deliver_at"], name="wechat_message_due")]
