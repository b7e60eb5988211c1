"""Building blocks of the scenario's sections: strict types, an immutable mapping and the ``lever`` field.

Every lever says in Danish what it is, its unit and where its value comes from. A lever without a source is
labelled the planner's assumption.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Never

from pydantic import AfterValidator, AllowInfNan, BaseModel, ConfigDict, Field, GetCoreSchemaHandler, Strict
from pydantic_core import CoreSchema, core_schema

ASSUMPTION = "planlæggerens antagelse"
PAPER = "KKR Syddanmark juni 2023, Handlemuligheder"
COMMITTEE = "Ekspertudvalget på socialområdet 2024"
FIRST_YEAR, LAST_YEAR = 1900, 2200


class FrozenDict[K, V](dict[K, V]):
    """A dict that can be read, pickled and saved, but not changed."""

    def _refuse(self, *_args: object, **_kwargs: object) -> Never:
        raise TypeError("a scenario can't be changed; make a new one")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls, core_schema.dict_schema())

    def __reduce__(self) -> tuple[type[FrozenDict[K, V]], tuple[dict[K, V]]]:
        return FrozenDict, (dict(self),)


Number = Annotated[float, Strict(), AllowInfNan(False)]
Whole = Annotated[int, Strict()]
Flag = Annotated[bool, Strict()]
Text = Annotated[str, Strict(), Field(max_length=5000)]
Id = Annotated[str, Strict(), Field(min_length=1, max_length=200)]
Share = Annotated[Number, Field(ge=0, le=1)]
Kroner = Annotated[Number, Field(ge=0)]
Year = Annotated[Whole, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
Shares = Annotated[Mapping[Id, Share], AfterValidator(FrozenDict)]
Amounts = Annotated[Mapping[Id, Kroner], AfterValidator(FrozenDict)]


class Section(BaseModel):
    """A part of a scenario: frozen, and a key it doesn't know is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def lever(
    default: object,
    title: str,
    why: str,
    unit: str = "",
    *,
    source: str = ASSUMPTION,
    sourced: object = None,
    **bounds: Any,
) -> Any:
    """A field of a section.

    Args:
        default: the value a scenario has without naming the key.
        title: short Danish name, as it stands in a form.
        why: Danish explanation of what the lever does.
        unit: Danish unit of the value ("kr.", "andel", "år"), empty for a choice or a list.
        source: where the value comes from; without one it is the planner's assumption.
        sourced: the value the source states, where it is not the default. Any other value is an assumption.
        bounds: Pydantic's bounds (``ge``, ``le``, ``gt``, ``lt``, ``max_length``).
    """
    extra: dict[str, Any] = {"unit": unit, "source": source}
    if sourced is not None:
        extra["sourced"] = sourced
    return Field(default=default, title=title, description=why, json_schema_extra=extra, **bounds)
