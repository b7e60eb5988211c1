"""First of all the package, as in every program: it decides how openpyxl reads (``kapacitet/__init__.py``)."""

import kapacitet as kapacitet
