"""The edges that browsers see: reader pages, live updates, the desk."""
