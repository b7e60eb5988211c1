"""Published problems with known optima, through the real commands."""
