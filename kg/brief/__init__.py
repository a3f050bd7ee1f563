"""The brief of two countries or bodies: all that the graph knows between them, each fact cited.

`brief(corpus, one, two)` reads it; every fact carries the citations that state it. What the
sources do not say is missing, what was worked out is marked, and a silence is told only beside
what the sources wrote in that time.
"""

from kg.brief.corpus import Corpus
from kg.brief.model import Brief
from kg.brief.writing import brief

__all__ = ["Brief", "Corpus", "brief"]
