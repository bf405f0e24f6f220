"""The four spaCy components by name: spaCy finds this module through its entry points.

nlp.add_pipe("communique_actors")      doc._.communique_actors      doc.spans["communique_actors"]
nlp.add_pipe("communique_dates")       doc._.communique_dates       doc.spans["communique_dates"]
nlp.add_pipe("communique_statements")  doc._.communique_statements  doc.spans["communique_statements"]
nlp.add_pipe("communique_events")      doc._.communique_events      doc.spans["communique_events"]
"""

from __future__ import annotations

from communique.actors import component as actors
from communique.codebook import component as events
from communique.dates import component as dates
from communique.statements import component as statements

for _room in (actors, dates, statements, events):
    _room.register()
