"""Progress, standing and authorship as pure rules."""
