"""What customers ask budtenders, the shop's answers, and the questions that nothing answered yet."""
