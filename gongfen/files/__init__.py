"""A village from its own files: what village staff keep in Excel, WPS and text files, read row by row."""
