"""Review: the queue of doubtful events, judgements on them, events that were missed, notes."""
