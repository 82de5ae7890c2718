"""Live answers: what happens is told to those who listen, over whatever transport they came by.

An act, a platform's hint or a look at what changed *publishes* an event on the *bus*: topic and key, never data. Each
topic somebody listens to has a *feed*; those of its listeners who are answered the same are one *audience*, for which
an event is read anew and answered once, with their own rights; the bytes go to the *stream* of each. Owns these, who
may go on listening, and for how long. Leaves the wire to the transports, what can be listened to to the graph
(``schema/subscription.py``), and running it to the engine.
"""
