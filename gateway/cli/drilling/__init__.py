"""What ``tongxin drill`` is made of: an outage of the sandbox, people who go on asking, and what is made of it.

    scenarios   which faults, when, and what the gateway has to make of them
    sandbox     begins and ends faults; refuses what is no sandbox
    questions   what people ask, and whom a question needs
    people      signs them in, and the operator who looks at /ops
    playing     asks and looks, and keeps it as a recording
    judging     holds a recording against what is promised
    telling     the verdict for a terminal, a program, a report

A recording is plain data: the verdict is found from it alone, and needs no gateway.
"""
