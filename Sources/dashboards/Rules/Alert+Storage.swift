internal import RPPTelemetry

extension Alert {
    static func storage() throws(QueryProblem) -> [Alert] {
        [
            try flushFailing(
                "RPPWALFlushFailing", "the write-ahead log",
                Catalogue.walFlush.total.everywhere),
            try flushFailing(
                "RPPHeaderFlushFailing", "the header", Catalogue.headerFlush.total.everywhere),
        ]
    }

    private static func flushFailing(
        _ name: String, _ what: String, _ total: Selection
    ) throws(QueryProblem) -> Alert {
        Alert(
            name, .critical, forMinutes: 0,
            "{{ $labels.instance }} can't flush \(what)",
            "{{ $value | humanize }} attempts have failed for good \(eventSpan). What they should "
                + "have written is not on disk.",
            try events(of: total.with("outcome", "failed")))
    }
}
