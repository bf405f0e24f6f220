"""Agreements, joint statements, mechanisms, initiatives, partnerships, themed years, regimes: named in a report."""
