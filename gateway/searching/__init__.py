"""Search over all platforms at once: who is asked, how what they find is put in one order, and where a page ended."""
