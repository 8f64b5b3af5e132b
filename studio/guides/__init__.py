"""The shared kernel: guides, translations, drafts, saved versions, blocks, images, import."""
