"""Communiqué reads news reports about relations between states and keeps the diplomatic record in them."""
