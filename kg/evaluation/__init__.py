"""Scoring of a graph against annotated articles of the guidelines' form."""
