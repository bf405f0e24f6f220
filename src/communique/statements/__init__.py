"""On whose word: who said, hoped, thought or demanded what, by what means and to whom."""
