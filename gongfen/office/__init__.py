"""The village office: what several rooms do together for one person. Leaving, acting for somebody, a known phone."""
