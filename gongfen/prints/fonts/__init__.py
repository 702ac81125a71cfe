"""The letters that paper is printed with."""
