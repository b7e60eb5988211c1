"""Who gains by planning together: the cost game of municipalities, groups that would do better alone, and a key."""
