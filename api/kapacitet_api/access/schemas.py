"""Keys, users and sessions in requests and answers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from pydantic.config import JsonDict
from pydantic.json_schema import SkipJsonSchema

from kapacitet_api.access.principal import Role, Scope

Name = Annotated[
    str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*[^\x00-\x1f\x7f\s][^\x00-\x1f\x7f]*$")
]
Municipality = Annotated[str, Field(pattern=r"^[0-9]{3}$", description="Kommunekode med tre cifre.")]
Next = Annotated[str | None, Field(description="Send det som after for at få den næste side.")]
_ID, _KEY = "5f0c1a52-7f0e-4a86-9d0c-0d7a2f0f5b11", "0b0f7f5e-5d0a-4a46-8b5e-3a3f3f0a1c55"


class Me(BaseModel):
    """Den, der spørger."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": f"user:{_ID}",
                    "name": "Anne Jensen",
                    "kind": "user",
                    "role": "planlaegger",
                    "scopes": ["plan"],
                    "municipality": "630",
                    "own_only": False,
                }
            ]
        }
    )
    id: str
    name: str
    kind: Literal["user", "key"]
    role: Role | None
    scopes: list[Scope] = Field(description="Hver omfatter dem før den: read:public, read, plan, admin.")
    municipality: str | None
    own_only: bool = Field(description="Ser kun sin egen kommunes rækker og det, der kan offentliggøres.")


class Session(BaseModel):
    """En session, altså et sted, man er logget ind."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": _ID,
                    "created_at": "2026-11-23T08:15:00Z",
                    "last_used_at": "2026-11-23T09:02:00Z",
                    "expires_at": "2026-11-30T08:15:00Z",
                }
            ]
        }
    )
    id: str
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime = Field(description="Senest her slutter den; efter 12 timer uden brug slutter den før.")


class SessionList(BaseModel):
    """Ens egne sessioner, de nyeste først."""

    items: list[Session]
    next: Next = None


class KeyRequest(BaseModel):
    """En nøgle, der ønskes."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"name": "Rammeaftalens tavle", "scope": "read:public", "expires_at": "2027-12-31T23:00:00Z"}
            ]
        },
    )
    name: Name = Field(description="Hvem eller hvad nøglen er til.")
    scope: Scope
    municipality: Municipality | None = Field(
        default=None, description="Nøglen ser kun denne kommunes rækker; kun til read og read:public."
    )
    expires_at: AwareDatetime | None = Field(default=None, description="Gælder til; uden grænse, hvis det mangler.")


_KEY_SHOWN: JsonDict = {
    "id": _KEY,
    "name": "Rammeaftalens tavle",
    "prefix": "kap_1a2b3c4d5e6f",
    "scopes": ["read:public"],
    "owner": f"user:{_ID}",
    "municipality": None,
    "created_at": "2026-11-23T08:15:00Z",
    "expires_at": "2027-12-31T23:00:00Z",
    "revoked_at": None,
    "last_used_at": "2026-11-23T09:00:00Z",
}


class Key(BaseModel):
    """En nøgle, uden selve nøglen."""

    model_config = ConfigDict(json_schema_extra={"examples": [_KEY_SHOWN]})
    id: str
    name: str
    prefix: str = Field(description="Det, nøglen begynder med.")
    scopes: list[Scope]
    owner: str = Field(description="Den, der har lavet den.")
    municipality: str | None
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None


class NewKey(Key):
    """En ny nøgle. Nøglen selv vises kun denne ene gang."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**_KEY_SHOWN, "key": f"kap_1a2b3c4d5e6f_{'A' * 43}"}]})
    key: str = Field(description="Sendes som Authorization: Bearer kap_…; kan ikke fås igen.")


class KeyList(BaseModel):
    """En side af nøgler, de nyeste først."""

    items: list[Key]
    next: Next = None


class UserChange(BaseModel):
    """Det, der skal ændres ved en bruger; resten bliver, som det er."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"role": "laeser", "municipality": "630"}]}
    )
    role: Role | SkipJsonSchema[None] = Field(default=None, description="laeser, planlaegger eller sekretariat.")
    municipality: Municipality | None = Field(
        default=None, description="Med null hører brugeren ikke til en kommune; en laeser ser så alle kommuner."
    )
    active: bool | SkipJsonSchema[None] = Field(default=None, description="Med false slutter brugerens sessioner.")


class User(BaseModel):
    """En bruger."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": _ID,
                    "name": "Anne Jensen",
                    "email": "anne@vejle.example",
                    "issuer": "https://login.example.dk",
                    "role": "laeser",
                    "municipality": "630",
                    "active": True,
                    "created_at": "2026-11-23T08:15:00Z",
                    "last_seen_at": "2026-11-23T09:02:00Z",
                }
            ]
        }
    )
    id: str
    name: str
    email: str | None
    issuer: str = Field(description="Der, hvor brugeren logger ind; «link» for engangslinks.")
    role: Role | None = Field(description="Uden rolle har brugeren ingen adgang.")
    municipality: str | None
    active: bool
    created_at: datetime
    last_seen_at: datetime | None


class UserList(BaseModel):
    """En side af brugere, de nyeste først."""

    items: list[User]
    next: Next = None
