"""Money received, budgets, par: the only maker of moves that join points and money."""
