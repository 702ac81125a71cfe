"""The desk: where clerk, treasurer, supervisor and auditor work."""
