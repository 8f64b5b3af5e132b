"""Editions and everything derived from them."""
