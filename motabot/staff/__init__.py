"""The staff's side: questions, figures, and actions that a person approves."""
