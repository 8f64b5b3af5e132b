"""The HTTP shell that every slice shares: base templates, error pages, headers, form tokens, limits, static files."""
