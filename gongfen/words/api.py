"""What the API says no to by itself."""

REFUSALS = {
    "no_such_thing": ("没有找到，或者您看不到它。", "There is nothing here, or nothing that you may see."),
    "sign_in_first": (
        "请先登录：用入村码，或请文书给您一张新的。",
        "Please sign in first: with your join code, or ask the clerk for a new one.",
    ),
    "bad_request": (
        "这个请求写得不对，请看说明：{fields}。",
        "The request is not as the description says: {fields}.",
    ),
}
