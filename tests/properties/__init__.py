"""What must hold for every region: limits that are relaxed, names, order, money and one more candidate."""
