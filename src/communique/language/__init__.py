"""From a report's text to parsed sentences: the one place that loads the language model."""
