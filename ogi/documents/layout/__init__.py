"""A page's words and ruling lines to ordered blocks: what PDF and OCR share."""
