"""Checks: policies, stages, decisions."""
