"""The organ whose report it is."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from gilint.data import Data


class OrganKind(StrEnum):
    """What kind of organ a report is of, as far as its name tells."""

    STATE_DEPARTMENT = "state-department"
    PROVINCE = "province"
    CITY = "city"
    """A city with districts, an autonomous prefecture, a league: the level below the province."""
    COUNTY = "county"
    """A county, a city district, a banner, a city without districts."""
    TOWNSHIP = "township"
    """A township, a town, a street office, a development park run by one."""
    DEPARTMENT = "department"
    """A department of a provincial, city or county government."""
    UNKNOWN = "unknown"


@frozen(eq=False, repr=False)
class Organ(Data):
    """The organ whose report it is."""

    name: str
    kind: OrganKind = OrganKind.UNKNOWN
    level: OrganKind = OrganKind.UNKNOWN
    """For a department: the level of the government that it belongs to; otherwise the same as ``kind``."""
    government_office: bool = False
    """A government's own office (办公厅, 办公室), which reports for its government."""
