"""A workshop's summary in prose: who said what, by plain rules over its sentences.

The rules are tables, one module a language. What is found is for a person to mend: docs/summary.md.
"""
