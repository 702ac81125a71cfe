"""Which page of the rooms of money answers which address."""

from django.urls import path

from gongfen.console import money, run_papers, run_steps, runs, settlements

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
    path("runs", runs.runs),
    path("runs/draft", runs.draft),
    path("runs/<int:run>", runs.one),
    path("runs/<int:run>/change", run_steps.change),
    path("runs/<int:run>/simulate", run_steps.simulate),
    path("runs/<int:run>/confirm", run_steps.confirm),
    path("runs/<int:run>/notice", run_steps.notice),
    path("runs/<int:run>/begin", run_steps.begin),
    path("runs/<int:run>/pay", run_steps.pay),
    path("runs/<int:run>/close", run_steps.close),
    path("runs/<int:run>/advances", run_steps.ask_advance),
    path("runs/<int:run>/what-if", run_papers.what_if),
    path("runs/<int:run>/heads", run_papers.heads),
    path("runs/<int:run>/public.csv", run_papers.public_file),
    path("runs/<int:run>/check", run_papers.check),
    path("runs/<int:run>/slips.pdf", run_papers.all_slips),
    path("run-objections/<int:objection>", run_steps.decide),
    path("run-advances/<int:advance>", run_steps.decide_advance),
    path("run-shares/<int:share>", run_steps.hand_over),
]
