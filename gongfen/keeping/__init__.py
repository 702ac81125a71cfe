"""Backups: one file with the whole database, what it is, and the server's secret; and the way back."""
