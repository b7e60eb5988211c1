"""What readers see of a result: words, numbers, tables, charts and maps, all in Danish."""
