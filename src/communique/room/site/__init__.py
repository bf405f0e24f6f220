"""The room as files: a folder of pages that need no server, and a dossier as one file that needs nothing else."""
