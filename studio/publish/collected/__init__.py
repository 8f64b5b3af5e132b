"""Collections: several guides of one language, in an order, with one table of contents."""
