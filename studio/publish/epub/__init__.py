"""EPUB 3 of a published text: the same words as its page and PDFs, for reading apps; the same bytes each time."""
