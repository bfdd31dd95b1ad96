"""The same figures of a run of rpp-node, taken from its ledger, its snapshot and what the collector
received. This file has all knowledge about the node's formats.

Each function returns {figure: number}, without the figures for which its source has no field.
"""

# The snapshot keeps this many of the latest rounds.
ROUND_WINDOW = 32
DIRECTIONS = ("inbound", "outbound")
OUTCOMES = ("sealed", "timed_out", "failed")
# Events about votes and blocks: key in the ledger, metric, attribute.
EVENTS = (
    ("witness", "rpp.runtime.consensus.witness.events", "topic"),
    ("slashing", "rpp.runtime.consensus.slashing.events", "reason"),
    ("failed_votes", "rpp.runtime.consensus.failed_votes", "reason"),
)
STAGES = ("proposal", "execution", "validation", "commitment")
RESULTS = ("success", "client_error", "server_error")
TOPICS = (
    "blocks", "votes", "proofs", "vrf_proofs", "snapshots", "meta", "vrf_meta", "witness_proofs",
    "witness_meta",
)


def result_of(status):
    """The class of an HTTP status, as the attribute `result` has it."""
    if not 200 <= int(status) <= 599:
        raise ValueError(f"an HTTP status of {status}; it should be from 200 to 599")
    return RESULTS[max(0, int(status) // 100 - 3)]


def from_ledger(ledger):
    """The node's own tally, kept without any instrument."""
    figures = {}
    gossip = ledger["gossip"]
    for topic in (*TOPICS, *sorted(gossip.keys() - set(TOPICS))):
        tally = gossip.get(topic, {})
        for direction in DIRECTIONS:
            figures[f"gossip {topic} {direction} bytes"] = tally.get(f"{direction}_bytes", 0)
    for direction in DIRECTIONS:
        figures[f"gossip {direction} bytes"] = sum(
            tally[f"{direction}_bytes"] for tally in gossip.values())
    for place in ("wal", "header"):
        figures[f"{place} flushes"] = ledger[place]["fsyncs"]
        figures[f"{place} bytes"] = ledger[place]["bytes"]
    for what in ("made", "accepted", "rejected"):
        figures[f"proofs {what}"] = ledger["proofs"][what]
    figures["proof bytes checked"] = ledger["proofs"]["checked_bytes"]
    figures["proof stages passed"] = ledger["proofs"]["stages_passed"]
    figures["proof stages failed"] = ledger["proofs"]["stages_failed"]
    consensus = ledger["consensus"]
    figures["leader changes"] = consensus["leader_changes"]
    for stage in STAGES:
        figures[f"block stages {stage}"] = consensus["block_stages"][stage]
    for kind, _, _ in EVENTS:
        figures[f"{kind} events"] = sum(consensus[kind].values())
        for value, count in consensus[kind].items():
            figures[f"{kind} {value}"] = count
    for result in RESULTS:
        figures[f"rpc {result}"] = 0
    for status, replies in ledger["rpc"]["replies"].items():
        figures[f"rpc {result_of(status)}"] += replies
    figures["rpc replies"] = sum(ledger["rpc"]["replies"].values())
    rounds = ledger["rounds"]
    for outcome in OUTCOMES:
        figures[f"rounds {outcome}"] = rounds[outcome]
    ended = sum(rounds[outcome] for outcome in OUTCOMES)
    figures["rounds in the window"] = min(ROUND_WINDOW, ended)
    return figures


def from_snapshot(snapshot):
    """The TelemetrySnapshot, which the node derives from the last collection."""
    network = snapshot["network_metrics"]
    verifiers = snapshot["verifier_metrics"]["per_backend"].values()
    figures = {}
    for topic in network["topics"]:
        for direction in DIRECTIONS:
            figures[f"gossip {topic['topic']} {direction} bytes"] = topic[f"{direction}_bytes"]
    for direction in DIRECTIONS:
        figures[f"gossip {direction} bytes"] = network["bandwidth"][f"{direction}_bytes"]
    for what in ("accepted", "rejected"):
        figures[f"proofs {what}"] = sum(each[what] for each in verifiers)
    figures["rounds in the window"] = len(snapshot["consensus_round_latencies_ms"])
    figures["leader changes"] = snapshot["consensus_leader_changes"]
    figures["witness events"] = snapshot["consensus_witness_events"]
    figures["slashing events"] = snapshot["consensus_slashing_events"]
    figures["failed_votes events"] = snapshot["consensus_failed_votes"]
    return figures


def from_collector(collected):
    """The last value of every series in what the collector passed on, summed as needed."""
    total = collected.total
    figures = {}
    gossip = "rpp.gossip.bytes"
    topics = {dict(pairs).get("topic", "") for name, pairs, *_ in collected.series if name == gossip}
    for topic in (*TOPICS, *sorted(topics - set(TOPICS))):
        for direction in DIRECTIONS:
            figures[f"gossip {topic} {direction} bytes"] = total(
                gossip, "value", topic=topic, direction=direction)
    for direction in DIRECTIONS:
        figures[f"gossip {direction} bytes"] = total(gossip, "value", direction=direction)
    for place in ("wal", "header"):
        family = f"rpp.runtime.storage.{place}_flush"
        # Failed attempts are measured too, but the ledger has only what reached the disk.
        figures[f"{place} flushes"] = total(f"{family}.total", "value") - total(
            f"{family}.total", "value", outcome="failed")
        figures[f"{place} bytes"] = total(f"{family}.bytes", "sum") - total(
            f"{family}.bytes", "sum", outcome="failed")
    figures["proofs made"] = total("rpp.runtime.proof.generation.count", "value")
    for what, result in (("accepted", "ok"), ("rejected", "fail")):
        figures[f"proofs {what}"] = total(
            "rpp.runtime.proof.verification.outcomes", "value", result=result)
    figures["proof bytes checked"] = total(
        "rpp.runtime.proof.verification.total_bytes", "sum")
    stages = "rpp.runtime.proof.verification.stage"
    figures["proof stages passed"] = total(stages, "value", result="ok")
    figures["proof stages failed"] = total(stages, "value", result="fail")
    figures["leader changes"] = total("rpp.runtime.consensus.round.leader_changes", "value")
    for stage in STAGES:
        figures[f"block stages {stage}"] = total(
            "rpp.runtime.consensus.block_duration", "count", stage=stage)
    for kind, metric, key in EVENTS:
        figures[f"{kind} events"] = total(metric, "value")
        values = {dict(pairs).get(key, "") for name, pairs, *_ in collected.series if name == metric}
        for value in values:
            figures[f"{kind} {value}"] = total(metric, "value", **{key: value})
    for result in RESULTS:
        figures[f"rpc {result}"] = total("rpp.runtime.rpc.request.total", "value", result=result)
    figures["rpc replies"] = total("rpp.runtime.rpc.request.total", "value")
    for outcome in OUTCOMES:
        figures[f"rounds {outcome}"] = total(
            "rpp.runtime.consensus.round.duration", "count", outcome=outcome)
    figures["rounds in the window"] = min(
        ROUND_WINDOW, total("rpp.runtime.consensus.round.duration", "count"))
    return figures
