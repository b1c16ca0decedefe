"""MotaBot answers a dispensary's texts, and its staff's questions, out of the shop's own CRM database."""
