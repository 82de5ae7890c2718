"""浙政钉 as a small app: signed requests, its envelopes, its address book, made of the invented world.

Strict where the documentation speaks; where it is silent it does what wire-formats F says, and what this folder's
README lists as assumed.
"""
