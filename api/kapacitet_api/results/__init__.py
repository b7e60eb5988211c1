"""Result tables, maps, charts and comparisons of finished runs."""
