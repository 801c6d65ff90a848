"""What every feature stands on: no screen, no feature, no Flask."""
