"""The dividend: a pool of money shared among residents by a published rule."""
