"""The commands of `gongfen`, one file each: `SUMMARY` (zh, en), `add(parser)`, `run(options)` → exit code."""
