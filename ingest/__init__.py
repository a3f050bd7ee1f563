"""Reading: from documents to claims."""
