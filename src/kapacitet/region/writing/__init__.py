"""Writing regions: folders, workbooks, schemas and the description of the tables."""

from kapacitet.region.writing.descriptor import package_descriptor
from kapacitet.region.writing.folder import export_folder
from kapacitet.region.writing.reference import tables_markdown
from kapacitet.region.writing.workbook import export_workbook, template_bytes, workbook_bytes

__all__ = [
    "export_folder",
    "export_workbook",
    "package_descriptor",
    "tables_markdown",
    "template_bytes",
    "workbook_bytes",
]
