"""The staff's side: questions, figures, and actions with a hand on the button."""
