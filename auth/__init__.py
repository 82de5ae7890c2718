"""Sign-on: who a person is, and the tokens that say so."""
