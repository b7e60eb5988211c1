"""The command line: one thin module per command. What isn't needed to read the command is loaded after it."""
