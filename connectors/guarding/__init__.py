"""What keeps an ill platform from harming who asks it, and us from harming it: one guard a platform."""
