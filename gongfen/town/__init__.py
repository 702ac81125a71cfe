"""The tenant, ids, and the base of every model."""
