"""Strategy, objectives, actions, indicators and decisions."""
