"""Studio: a community drafts guides together, reviews them in stages and publishes each approved text."""
