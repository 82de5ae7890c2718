"""The algorithms behind everything that is encrypted, hashed or signed: international ones and China's own.

Ground, because platforms sign requests by them as well as sign-on protects what it stores. Nothing here knows a key.
"""
