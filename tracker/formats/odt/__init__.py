"""OpenDocument texts (ISO/IEC 26300), with native tracked changes and comments."""
