"""kapacitet: regional capacity planning for botilbud."""

import os

# openpyxl reads with lxml where that happens to be installed, and then defusedxml doesn't refuse entities in what
# users upload; it looks at this once, when it is imported.
os.environ["OPENPYXL_LXML"] = "False"
