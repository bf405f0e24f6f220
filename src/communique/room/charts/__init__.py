"""Drawings, made on the server as SVG: a chart is never the only way to what it shows."""
