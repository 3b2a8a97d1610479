"""The demonstration city: simulated responses from a documented model, always marked as such."""
