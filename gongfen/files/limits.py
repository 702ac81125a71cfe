"""How much one file may hold: enough for a town's residents, too little to fill the machine."""

MOST_BYTES = 20 << 20
MOST_UNPACKED = 200 << 20  # a sheet packs about ten to one; a file that grows more is made to harm
MOST_MEMBERS = 500
MOST_ROWS = 60_000
MOST_COLUMNS = 60
MOST_MERGED = 400_000  # cells that merged ranges may cover
MOST_LETTERS = 500  # in one cell
