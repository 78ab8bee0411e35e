"""Who may sit at the desk: passwords, sessions, limits on guessing, and where a request may come from."""

from sayso.accounts.origin import comes_from_here
from sayso.accounts.passwords import hash_password, make_password, verify_password
from sayso.accounts.roles import ROLES, May, Role, may, role_named
from sayso.accounts.sessions import SESSION_LASTS, Token, cookie_name, csrf_matches, csrf_of, hash_token, make_token
from sayso.accounts.signing_in import MAX_TRIES, TRIES_WITHIN, Book, Login, sign_in

__all__ = [
    "MAX_TRIES",
    "ROLES",
    "SESSION_LASTS",
    "TRIES_WITHIN",
    "Book",
    "Login",
    "May",
    "Role",
    "Token",
    "comes_from_here",
    "cookie_name",
    "csrf_matches",
    "csrf_of",
    "hash_password",
    "hash_token",
    "make_password",
    "make_token",
    "may",
    "role_named",
    "sign_in",
    "verify_password",
]
