"""kapacitet: regional capacity planning for botilbud."""
