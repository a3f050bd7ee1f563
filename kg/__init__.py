"""The knowledge graph: model, identifiers, quads, store, queries, export."""
