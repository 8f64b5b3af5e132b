"""The words of our own in the reader's language: catalogues, formats, negotiation."""
