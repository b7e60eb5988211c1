"""What a plan means: result tables, key figures, limits that bind, alternatives, contradictions, comparison."""
