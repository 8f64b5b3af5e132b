"""The HTTP shell that every slice shares: templates, headers, origin and token checks, limits, static files."""
