"""What the secretariat has published, and the payload of public dashboards."""
