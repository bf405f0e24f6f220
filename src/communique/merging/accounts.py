"""Units to events: first those of the same days, then those of days that overlap or lie side by side.

An *account* is what is told of one happening on exactly the same days: units of one slot, joined by complete link (two
groups join only if all of one are compatible with all of the other, those that agree most first).

Accounts of different days are then joined in one step. An account that is stronger than every account it is compatible
with is a host; each of the others goes to the host that it agrees with most, if the host and those that came before it
leave room. So what becomes of an account depends on accounts at most `REACH` steps of compatibility away, however long
the chain of days is: a record can be extended without looking at all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from communique.merging.compatible import NEXT_DAY, agreement
from communique.merging.groups import components
from communique.merging.lookup import Index
from communique.merging.units import NO_LINKS, Links, Unit, event_id, origins, units_agree

REACH = 4  # steps from a change within which events can come out differently

Slot = tuple[date, date] | None
Group = tuple[Unit, ...]
Agree = Callable[[Unit, Unit], int]


@dataclass(frozen=True, slots=True)
class Account:
    """Units that tell of one happening on the same days. Sorted, the strongest comes first."""

    id: str
    units: Group
    slot: Slot
    origins: int

    @property
    def weakness(self) -> tuple[int, int, str]:
        """Sorts the account with most origins first, then the one that is most exact."""
        return -self.origins, (self.slot[1] - self.slot[0]).days if self.slot else 100_000, self.id


def slot_of(unit: Unit) -> Slot:
    """The days that a unit is told of; for an undated one the day on which its report was written."""
    lead = unit.lead
    if lead.start is not None and lead.end is not None:
        return lead.start, lead.end
    return (lead.written, lead.written) if lead.written else None


def join(units: Sequence[Unit], links: Links = NO_LINKS, agree: Agree | None = None) -> list[Group]:
    """The events of a set of units. `agree` says how well two units fit (0: not), compatibility if None."""
    fits = agree or (lambda a, b: units_agree(a, b, links))
    by_id = {unit.lead.id: unit for unit in units}
    named = {m.id: unit.lead.id for unit in units for m in links.compared(unit)}
    index = Index(m for unit in units for m in links.compared(unit))
    level: dict[tuple[str, str], int] = {}
    for key in sorted(by_id):
        for other in {named[near] for m in links.compared(by_id[key]) for near in index.near(m)}:
            if key < other and (found := fits(by_id[key], by_id[other])):
                level[key, other] = level[other, key] = found
    accounts = make_accounts(units, level)
    return settle(accounts, level)


def make_accounts(units: Iterable[Unit], level: dict[tuple[str, str], int]) -> list[Account]:
    """The accounts of a set of units of which `level` holds the compatible pairs, sorted by id."""
    by_id = {unit.lead.id: unit for unit in units}
    slots = {key: slot_of(unit) for key, unit in by_id.items()}
    pairs = [pair for pair in level if pair[0] < pair[1] and slots[pair[0]] == slots[pair[1]]]
    found = []
    inside: dict[str, list[tuple[str, str]]] = {}
    parts = components(by_id, pairs)
    part_of = {key: part[0] for part in parts for key in part}
    for pair in pairs:
        inside.setdefault(part_of[pair[0]], []).append(pair)
    for part in parts:
        for keys in complete_link(part, inside.get(part[0], []), by_id, level):
            group = tuple(by_id[key] for key in keys)
            found.append(Account(event_id(group), group, slots[keys[0]], origins(group)))
    return sorted(found, key=lambda account: account.id)


def complete_link(
    part: Sequence[str],
    pairs: Iterable[tuple[str, str]],
    units: dict[str, Unit],
    level: dict[tuple[str, str], int],
) -> list[list[str]]:
    """One connected component of units parted into groups in which all are compatible with all."""
    if len(part) == 1:
        return [list(part)]
    ranked = sorted((-agreement(units[a].lead, units[b].lead), a, b) for a, b in pairs)
    groups = {key: [key] for key in part}
    where = {key: key for key in part}
    for _, a, b in ranked:
        x, y = where[a], where[b]
        if x != y and all((i, j) in level for i in groups[x] for j in groups[y]):
            x, y = min(x, y), max(x, y)
            groups[x] += groups.pop(y)
            for key in groups[x]:
                where[key] = x
    return [sorted(group) for group in groups.values()]


def settle(accounts: Sequence[Account], level: dict[tuple[str, str], int]) -> list[Group]:
    """Accounts of different days joined: each that is no host goes to the host that it agrees with most."""
    by_id = {account.id: account for account in accounts}
    fit = _fits(accounts, level)
    hosts = {
        key for key, account in by_id.items() if all(account.weakness < by_id[other].weakness for other in fit[key])
    }
    wanted: dict[str, list[str]] = {}
    for key in sorted(by_id.keys() - hosts):
        chosen = min((other for other in fit[key] if other in hosts), key=lambda h: _rank(fit[key][h], by_id[h]),
                     default=None)  # fmt: skip
        if chosen is not None:
            wanted.setdefault(chosen, []).append(key)
    events: dict[str, list[str]] = {key: [key] for key in by_id}
    for host, guests in wanted.items():
        for guest in sorted(guests, key=lambda g: _rank(fit[host][g], by_id[g])):
            if all(other in fit[guest] for other in events[host]):
                events[host].append(guest)
                del events[guest]
    return [tuple(unit for key in sorted(keys) for unit in by_id[key].units) for keys in events.values()]


def _rank(fit: tuple[int, int], account: Account) -> tuple[object, ...]:
    """Sorts the accounts that one agrees with: best days first, then all else, then the strongest."""
    return -fit[0], -fit[1], account.weakness


def _fits(accounts: Sequence[Account], level: dict[tuple[str, str], int]) -> dict[str, dict[str, tuple[int, int]]]:
    """For each account those it is compatible with as a whole: how their days agree, how much else does."""
    home = {unit.lead.id: account for account in accounts for unit in account.units}
    found: dict[str, dict[str, tuple[int, int]]] = {account.id: {} for account in accounts}
    touching = {(home[a].id, home[b].id) for a, b in level if home[a].id < home[b].id and home[a].slot != home[b].slot}
    by_id = {account.id: account for account in accounts}
    for x, y in touching:
        a, b = by_id[x], by_id[y]
        levels = [level.get((u.lead.id, v.lead.id), 0) for u in a.units for v in b.units]
        if not all(levels):
            continue
        if NEXT_DAY in levels and min(a.origins, b.origins) > 1:
            continue  # two days that two origins each tell are two days: the same people can meet on both
        best = max(agreement(u.lead, v.lead) for u in a.units for v in b.units)
        found[x][y] = found[y][x] = (min(levels), best)
    return found
