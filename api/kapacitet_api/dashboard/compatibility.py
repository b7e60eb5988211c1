"""Whether who reads answers by an old schema can read those of a new one.

The rule for answers: everything that was there is there, always where it was always, and nothing takes a value it
couldn't take before. Something new may come beside it, since readers skip fields they don't know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]
_LOWER, _UPPER = (
    ("minimum", "exclusiveMinimum", "minLength", "minItems"),
    ("maximum", "exclusiveMaximum", "maxLength", "maxItems"),
)
_SAME = ("pattern", "format", "uniqueItems", "multipleOf")
_READ = frozenset(
    {
        *_LOWER,
        *_UPPER,
        *_SAME,
        *("type", "enum", "const", "properties", "required", "items", "anyOf", "$ref", "$defs", "$schema"),
        *("title", "description", "examples", "default"),
    }
)


def breaks(old: Schema, new: Schema) -> list[str]:
    """What breaks readers, one sentence each with a JSON Pointer; nothing where ``new`` is compatible.

    Words of JSON Schema that aren't known here break too: nobody has thought about them yet.
    """
    return list(_breaks(old, new, old, new, "#", frozenset()))


def _breaks(
    old: Schema, new: Schema, olds: Schema, news: Schema, at: str, seen: frozenset[tuple[str, str]]
) -> Iterator[str]:
    pair = (str(old.get("$ref", "")), str(new.get("$ref", "")))
    if all(pair):
        if pair in seen:
            return
        seen |= {pair}
    old, new = _resolved(old, olds), _resolved(new, news)
    for word in sorted((old.keys() | new.keys()) - _READ):
        if old.get(word) != new.get(word):
            yield f"{at}: {word} is changed, and not known here"
    yield from _values(old, new, at)
    yield from _alternatives(old, new, olds, news, at, seen)
    yield from _members(old, new, olds, news, at, seen)
    if "items" in old:
        if "items" not in new:
            yield f"{at}: what the list holds isn't said any more"
        else:
            yield from _breaks(old["items"], new["items"], olds, news, f"{at}/items", seen)


def _values(old: Schema, new: Schema, at: str) -> Iterator[str]:
    """Types, enumerations, bounds and forms."""
    if _types(old) != _types(new):
        yield f"{at}: the type is changed from {sorted(_types(old))} to {sorted(_types(new))}"
    before, after = _enumerated(old), _enumerated(new)
    if before is not None:
        if after is None:
            yield f"{at}: values beyond {before} are possible"
        elif more := [value for value in after if value not in before]:
            yield f"{at}: {more} are new values"
    for word in _LOWER:
        if word in old and (word not in new or new[word] < old[word]):
            yield f"{at}: {word} is lowered or gone"
    for word in _UPPER:
        if word in old and (word not in new or new[word] > old[word]):
            yield f"{at}: {word} is raised or gone"
    for word in _SAME:
        if word in old and old[word] != new.get(word):
            yield f"{at}: {word} is changed"


def _alternatives(
    old: Schema, new: Schema, olds: Schema, news: Schema, at: str, seen: frozenset[tuple[str, str]]
) -> Iterator[str]:
    """Every alternative of the new must be readable as one of the old."""
    if "anyOf" not in old and "anyOf" not in new:
        return
    before, after = old.get("anyOf", [old]), new.get("anyOf", [new])
    for number, one in enumerate(after):
        if not any(not list(_breaks(other, one, olds, news, at, seen)) for other in before):
            yield f"{at}/anyOf/{number}: readers don't know this alternative"
    for number, one in enumerate(before):
        if not any(not list(_breaks(one, other, olds, news, at, seen)) for other in after):
            yield f"{at}/anyOf/{number}: this alternative is gone"


def _members(
    old: Schema, new: Schema, olds: Schema, news: Schema, at: str, seen: frozenset[tuple[str, str]]
) -> Iterator[str]:
    for name, schema in old.get("properties", {}).items():
        there = f"{at}/properties/{name}"
        if name not in new.get("properties", {}):
            yield f"{there}: the field is gone"
        else:
            yield from _breaks(schema, new["properties"][name], olds, news, there, seen)
    for name in sorted(set(old.get("required", ())) - set(new.get("required", ()))):
        yield f"{at}/properties/{name}: the field isn't always there any more"


def _resolved(schema: Schema, document: Schema) -> Schema:
    """The schema a reference leads to, with what stands beside it."""
    while "$ref" in schema:
        target: Any = document
        for part in str(schema["$ref"]).removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        schema = {**target, **{word: value for word, value in schema.items() if word != "$ref"}}
    return schema


def _types(schema: Schema) -> frozenset[str]:
    if "anyOf" in schema:
        return frozenset()
    told = schema.get("type", ())
    return frozenset([told] if isinstance(told, str) else told)


def _enumerated(schema: Schema) -> list[Any] | None:
    if "const" in schema:
        return [schema["const"]]
    return list(schema["enum"]) if "enum" in schema else None
