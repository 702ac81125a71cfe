"""Notices: an inbox that follows the journal by number."""
