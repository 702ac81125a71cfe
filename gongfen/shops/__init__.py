"""The shops: where points become cash, and cash becomes soap and rice."""
