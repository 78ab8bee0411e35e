"""What a JSON Feed may hold, after version 1.1 of its standard (jsonfeed.org): each field with its kind, and what must be there."""

import re
from datetime import datetime
from typing import Any

NEEDED = {
    "feed": {"version", "title", "items"},
    "item": {"id"},
    "attachment": {"url", "mime_type"},
    "hub": {"type", "url"},
}
FIELDS: dict[str, dict[str, str]] = {
    "feed": {
        "version": "version", "title": "text", "home_page_url": "address", "feed_url": "address", "description": "text",
        "user_comment": "text", "next_url": "address", "icon": "address", "favicon": "address", "authors": "[author]",
        "language": "language", "expired": "flag", "hubs": "[hub]", "items": "[item]",
    },
    "item": {
        "id": "text", "url": "address", "external_url": "address", "title": "text", "content_html": "text",
        "content_text": "text", "summary": "text", "image": "address", "banner_image": "address", "date_published": "time",
        "date_modified": "time", "authors": "[author]", "tags": "[text]", "language": "language",
        "attachments": "[attachment]",
    },
    "author": {"name": "text", "url": "address", "avatar": "address"},
    "attachment": {"url": "address", "mime_type": "text", "title": "text", "size_in_bytes": "number",
                   "duration_in_seconds": "number"},
    "hub": {"type": "text", "url": "address"},
}  # fmt: skip
TEXTS = {
    "version": r"https://jsonfeed\.org/version/1\.1", "text": r"[\s\S]*\S[\s\S]*", "address": r"https?://[^\s<>\"]+",
    "language": r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*",
}  # fmt: skip


def faults(value: Any, kind: str = "feed", where: str = "feed") -> list[str]:
    """What is wrong with the document; nothing where nothing is."""
    if kind.startswith("["):
        if not isinstance(value, list):
            return [f"{where} is no list"]
        return [f for n, one in enumerate(value) for f in faults(one, kind[1:-1], f"{where}[{n}]")]
    if kind in FIELDS:
        return of_object(value, kind, where)
    right = {
        "flag": lambda: isinstance(value, bool),
        "number": lambda: isinstance(value, int | float) and not isinstance(value, bool) and value >= 0,
        "time": lambda: isinstance(value, str) and "T" in value and datetime.fromisoformat(value).tzinfo is not None,
    }.get(kind, lambda: isinstance(value, str) and re.fullmatch(TEXTS[kind], value) is not None)
    return [] if right() else [f"{where} is no {kind}: {value!r:.60}"]


def of_object(value: Any, kind: str, where: str) -> list[str]:
    """What is wrong with one object: own data may stand under names that begin with an underscore."""
    if not isinstance(value, dict):
        return [f"{where} is no object"]
    known = FIELDS[kind]
    found = [f"{where} has no {name}" for name in sorted(NEEDED.get(kind, set()) - set(value))]
    if kind == "item" and not {"content_html", "content_text"} & set(value):
        found.append(f"{where} has no content")
    if kind == "author" and not value:
        found.append(f"{where} says nothing")
    for name, one in value.items():
        if name.startswith("_"):
            found += [] if isinstance(one, dict) else [f"{where}.{name} is no object"]
        elif name in known:
            found += faults(one, known[name], f"{where}.{name}")
        else:
            found.append(f"{where} has a field of its own: {name}")
    if kind == "feed" and isinstance(value.get("items"), list):
        ids = [one.get("id") for one in value["items"] if isinstance(one, dict)]
        found += ["an id is there twice"] if len(set(ids)) < len(ids) else []
    return found
