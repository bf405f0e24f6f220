"""Adding reports: files that are brought, addresses and feeds that an editor asks to have fetched."""
