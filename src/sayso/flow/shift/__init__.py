"""Who sits at the desk: accounts and sessions, what they did, who has what open, what their programs may.

None of it is in the ledger (H12).
"""
