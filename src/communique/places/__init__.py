"""Where things happened: an offline gazetteer, and the place that belongs to a trigger."""
