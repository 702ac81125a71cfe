"""What the demo says no to."""

REFUSALS: dict[str, tuple[str, str]] = {
    "another_town_here": (
        "这个文件夹里是{town}的账，演示不会动它。请用 --dir 换一个文件夹",
        "This folder holds the books of {town}; the demo leaves them alone. Choose another folder with --dir",
    ),
}
