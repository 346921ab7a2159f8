"""What ``tracker import`` reads: one module for each kind of file."""
