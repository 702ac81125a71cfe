"""Gongfen 工分: the work points of a village."""

__version__ = "0.1.0"
