"""Accounts of a team: entering, roles, limits, the audit trail."""
