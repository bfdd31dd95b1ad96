"""What must hold for a run of rpp-node besides equal figures. Each check returns a text that says
what is wrong, or nothing. The report prints the docstring of a check."""

import re

SUMMARY = re.compile(r"\brecorded=(\d+) delivered=(\d+) pending=(\d+) lost=(\d+)\b")


def summary(node_output):
    """The last line of the node's totals as (recorded, delivered, pending, lost), or None."""
    found = SUMMARY.findall(node_output)
    return tuple(map(int, found[-1])) if found else None


def something_arrived(run):
    """the collector received data"""
    if run.collected.points == 0:
        return "there is not one data point in what the collector passed on"


def times_are_in_order(run):
    """every point has a start time before its time"""
    for (name, pairs, *_), points in run.collected.series.items():
        for each in points:
            earliest = 1 if each.needs_start else 0
            if not earliest <= each.start < each.time:
                return f"{name} {dict(pairs)}: start {each.start}, time {each.time}"


def series_are_cumulative(run):
    """every series is cumulative, keeps its start time and never falls"""
    for (name, pairs, *_), points in run.collected.series.items():
        for earlier, later in zip(points, points[1:]):
            if later.is_monotonic and later.start != earlier.start:
                change = f"from {earlier.start} to {later.start}"
                return f"{name} {dict(pairs)}: the start time went {change}"
            if later.is_monotonic and (later.value < earlier.value or later.count < earlier.count):
                return f"{name} {dict(pairs)}: fell from {earlier} to {later}"
        if not all(each.is_cumulative for each in points):
            return f"{name} {dict(pairs)}: its temporality is not cumulative"


def there_is_one_resource(run):
    """all of it comes from one resource with a service.name"""
    resources = run.collected.resources
    if len(resources) != 1:
        return f"{len(resources)} different resources: {sorted(resources)}"
    if not dict(*resources).get("service.name"):
        return f"the resource has no service.name: {dict(*resources)}"


def account_balances(run):
    """recorded = delivered + pending + lost, with pending 0 and lost 0"""
    account = summary(run.node_output)
    if account is None:
        return "the node printed no line `recorded=… delivered=… pending=… lost=…`"
    recorded, delivered, pending, lost = account
    if recorded != delivered + pending + lost or pending or lost or not recorded:
        return f"recorded={recorded} delivered={delivered} pending={pending} lost={lost}"


def delivered_is_true(run):
    """the collector has every point that the node counts as delivered"""
    account = summary(run.node_output)
    # A request that was repeated after a lost response may make it more, never less.
    if account and run.collected.points < account[1]:
        return f"delivered={account[1]}, but only {run.collected.points} points arrived"


def rounds_all_ended(run):
    """every round that was started has ended, except the last one"""
    rounds = run.ledger["rounds"]
    is_open = rounds["started"] - rounds["sealed"] - rounds["timed_out"] - rounds["failed"]
    if is_open not in (0, 1):
        return f"{is_open} rounds without an end: {rounds}"


ALL = (
    something_arrived, times_are_in_order, series_are_cumulative, there_is_one_resource,
    account_balances, delivered_is_true, rounds_all_ended,
)
