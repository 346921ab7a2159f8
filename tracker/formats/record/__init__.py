"""The record as YAML or JSON: ``docs/record.md`` describes the form."""
