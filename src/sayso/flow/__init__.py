"""Where the rooms meet: order, clock, retries. The path of one statement reads top to bottom in `intake`.

newsroom    one coverage with its store, archive, reader, door and clock
intake      source -> capture -> statement -> reading -> decision -> post, one transaction a statement
reading     text -> claims -> questions
publishing  a statement and its reading -> the post that goes out
review      what an editor does about a statement
views       store + reconcile -> what the pages are drawn from
live        one process: polling, pages, live updates, the replay's server
"""
