"""What ``tracker export`` writes: one module for each kind of form."""
