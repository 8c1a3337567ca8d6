"""Rules that judge specs and finished postings beyond whether they can be used."""
