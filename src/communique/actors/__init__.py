"""Who plays in a report: states, persons and their offices, organisations, groups; each mention led to its actor."""

from communique.actors.cast import Actor, Cast, Mention
from communique.actors.find import find_actors, people_of

__all__ = ["Actor", "Cast", "Mention", "find_actors", "people_of"]
