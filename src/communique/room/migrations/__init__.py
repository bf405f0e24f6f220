"""Migrations of the room's own tables."""
