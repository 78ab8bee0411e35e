"""Where the rooms meet: order, clock, retries. The path of one statement reads top to bottom in `arrival.intake`.

live      one process: polling, pages, live updates, the replay's server
press     what editors write, and the way out of what is published
desk      what editors do about statements, claims and questions
pages     store + reconcile -> what the reader's pages are drawn from
setup     the coverage's files, checked, edited and taken over
arrival   what sources say comes in
shift     who sits at the desk
record    signed, proved, carried, erased
newsroom  one coverage with its store, archive, reader, door and clock

Each imports only from those below it.
"""
