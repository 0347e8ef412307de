"""What the service is: conversations, the one path every message takes, safety, cases, and the store."""
