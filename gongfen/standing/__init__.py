"""Standing: what a resident has verifiably done, computed from the journal, only ever shown by its owner."""
