"""Windows for what goes to the district and comes together there."""
