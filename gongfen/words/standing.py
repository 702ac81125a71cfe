"""What is said about standing and its proofs. Nowhere a level, a rank or a comparison."""

REFUSALS: dict[str, tuple[str, str]] = {
    "standing_not_yet": (
        "18 岁以下没有信用值，工分照常得、照常用",
        "Standing begins at 18. Points are earned and used as by everyone",
    ),
    "proof_no_lines": (
        "请至少勾选一行自己的记录，最多 200 行",
        "Please pick at least one line of your own record, and at most 200",
    ),
    "no_such_line": ("有一行不在您的记录里，请重新勾选", "One of these lines is not in your record; please pick again"),
    "proof_no_purpose": ("请写明用途，最多 60 个字", "Please say what the proof is for, in at most 60 characters"),
    "proof_bad_days": ("有效期请选 1 到 {most} 天", "A proof may be valid for 1 to {most} days"),
    "proof_too_many": (
        "您已有 {most} 张有效的证明，请先作废一张",
        "{most} of your proofs are valid; please end one first",
    ),
    "no_such_proof": (
        "没有这张证明，或者已经到期、本人已作废",
        "There is no such proof, or it expired, or its owner ended it",
    ),
}

NOT_A_CONDITION = (
    "不得作为办理任何事项的条件",
    "Not a condition for any service",
)

BECAUSE: dict[str, tuple[str, str]] = {
    "": ("全部计入", "counts whole"),
    "typed": ("仅有补录，不计入", "typed in only: counts nothing"),
    "light_cap": ("须知和问卷一年最多计 60 分钟", "reading and surveys count at most 60 minutes a year"),
    "older_than_36_months": ("超过 36 个月", "older than 36 months"),
}

FORMULA = (
    "近 12 个月每 1 小时计 2，之前 24 个月每 1 小时计 1，更早不计；须知和问卷合起来一年最多 60 分钟；只有补录的不计",
    "An hour of the last 12 months counts 2, of the 24 months before 1, an older one nothing; reading and surveys "
    "together at most 60 minutes a year; what was only typed in counts nothing",
)
