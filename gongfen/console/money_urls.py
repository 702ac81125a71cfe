"""Which page of the rooms of money answers which address."""

from django.urls import path

from gongfen.console import money, settlements

urlpatterns = [
    path("money", money.money),
    path("money/slips", money.record),
    path("money/slips/<int:slip>", money.decide),
    path("money/settlements", settlements.settlements),
    path("money/settlements/prepare", settlements.prepare),
    path("money/settlements/<int:row>", settlements.one),
    path("money/settlements/<int:row>/approve", settlements.approve),
    path("money/settlements/<int:row>/send", settlements.send_out),
    path("money/settlements/<int:row>/files/<int:file>", settlements.file),
    path("money/payouts/<int:payout>/take-back", settlements.take_back),
    path("money/statement", settlements.statement),
    path("money/statement/apply", settlements.apply_statement),
]
