"""Colours, type and fonts, held once for web, PDF and cards."""
