internal import OTelEmitter

extension Alert {
    static func certificates() throws(QueryProblem) -> [Alert] {
        let expiry = try OwnMetric.certificateExpiry.everywhere.level().minimum(
            by: "otelemitter.certificate")
        let summary =
            "The {{ $labels.otelemitter_certificate }} certificate of "
            + "{{ $labels.instance }} expires"
        let description =
            "It expires in {{ $value | humanizeDuration }}; a negative time means that it has "
            + "expired. Nothing is delivered with an expired certificate."
        return [
            Alert(
                "OTelCertificateExpiresSoon", .warning, forMinutes: 10, summary + " soon",
                description, try expiry.below(.duration(Limits.certificateWarning))),
            Alert(
                "OTelCertificateExpiresNow", .critical, forMinutes: 10, summary + " very soon",
                description, try expiry.below(.duration(Limits.certificateCritical))),
        ]
    }
}
