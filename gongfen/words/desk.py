"""Words of the desk's rooms for activities, reviews and terms."""

REFUSALS: dict[str, tuple[str, str]] = {
    "nobody_called": (
        "没有找到“{typed}”：请写户号，或姓名的头一两个字",
        "Nobody is called “{typed}”: type the household number or how the name begins",
    ),
    "several_called": (
        "“{typed}”有 {many} 个人：请多写一个字，或前面加上户号",
        "“{typed}” may be {many} people: type one more letter, or the household number before it",
    ),
    "sheet_has_lines_to_mend": (
        "有 {many} 行没认出来，改好再存。认出来的都还在",
        "{many} lines were not understood: mend them and keep again. The others are still here",
    ),
}

CLAIM_STATES: dict[str, tuple[str, str]] = {
    "made": ("等审核", "waits for review"),
    "second_look": ("等第二个人看", "waits for a second look"),
    "in_notice": ("公示中", "on notice"),
    "objected": ("有异议", "objected to"),
    "refused": ("没同意", "not approved"),
    "appealed": ("在复查", "appealed"),
    "awarded": ("已到账", "awarded"),
    "reversed": ("已更正", "put right"),
}

PLACES: dict[str, tuple[str, str]] = {
    "asked": ("报了名，等抽签", "asked; waits for the lot"),
    "waiting": ("排队", "waits in line"),
    "has_place": ("有名额", "has a place"),
    "reconfirmed": ("说了一定来", "is coming"),
}

SHEETS: dict[str, tuple[str, str]] = {
    "printed": ("印好了，等签字拍照", "printed; to be signed and photographed"),
    "photographed": ("拍好了，等录入", "photographed; to be typed"),
    "typed": ("录好了，等第二个人核对", "typed; a second person checks"),
    "done": ("核对过了", "checked"),
}

TERMS_STATES: dict[str, tuple[str, str]] = {
    "proposed": ("等村民表决", "residents decide"),
    "decided": ("表决通过", "decided"),
    "dropped": ("没通过", "not carried"),
}

HOWS: dict[str, tuple[str, str]] = {
    "meeting": ("村民会议", "village meeting"),
    "poll": ("入户表决", "poll"),
}

SURVEY_KINDS: dict[str, tuple[str, str]] = {
    "one": ("选一个", "choose one"),
    "many": ("可选几个", "choose any"),
    "scale": ("打分", "a scale"),
    "number": ("填数字", "a number"),
    "text": ("写几句", "some words"),
}

CELL_WORDS: dict[str, tuple[str, str]] = {
    "answered": ("答了", "answered"),
    "prefer_not": ("不想说", "prefer not to say"),
    "blank": ("空着", "left empty"),
}
