"""What sources say comes in: asked, kept, read, related, and let out where a rule says so.

polling      when each source is asked again
pausing      sources that the desk does not want asked for a while
intake       source -> capture -> statement -> reading -> decision -> post, one transaction a statement
originating  whose words they are first
reading      text -> claims -> questions
publishing   a statement and its reading -> the post that goes out
illustrating its pictures and videos
pasting      what an editor pasted, taken in like any other
proposing    what a language model proposes afterwards
looking      how far each party's channels were looked through
listening    how each source does, in words
"""
