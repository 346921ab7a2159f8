"""The page: one self-contained HTML file to be read, printed and filled in by hand."""
