"""Scripts that compile lexicons from tables of facts; nothing here runs while reading news."""
