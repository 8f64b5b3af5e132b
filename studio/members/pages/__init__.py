"""The pages of the members' slice, one module for each place."""
