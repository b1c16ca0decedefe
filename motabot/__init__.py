"""MotaBot answers a dispensary's texts, and its staff's questions, from the shop's own CRM database."""
