"""The settlement of one botilbud under the schemes."""
