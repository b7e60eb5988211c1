"""The settlement in floats over many futures, against exact fractions, a second settlement and conservation laws."""
