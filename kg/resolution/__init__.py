"""One node for one person, one IRI for one happening: which reports of the documents are of one.

`features` reads from a document's quads what can be compared, `people` and `happenings` say how,
`clusters` decides, `index` remembers beside the graph, `links` ties events to one another, and
`resolver` brings all up to date when documents come and go. The outcome is a function of the set
of documents and judgements alone, whatever order they came in.
"""
