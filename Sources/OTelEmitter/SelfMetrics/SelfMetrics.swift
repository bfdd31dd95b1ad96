internal import Instruments
internal import Synchronization

/// The emitter's measurements of itself, under the names of the semantic conventions (checklist E)
/// and `otelemitter.*`: recorded by the emitter's thread into instruments of the provider that it
/// exports.
struct SelfMetrics {
    private typealias Key = OwnMetric.Key

    private static let instances = Atomic<Int>(0)

    private let exporter: AttributeSet
    private let readerAttributes: AttributeSet
    private let inflight: BoundUpDownCounter<Int>
    private let exported: Counter<Int>
    private let operations: Histogram<Double>
    private let collections: BoundHistogram<Double>
    private let lost: Counter<Int>
    private let spooled: Counter<Int>
    private let replayed: Counter<Int>
    private let lastSuccess: LastSuccess
    private let certificateExpiry: Gauge<Double>
    /// What was recorded last.
    private var known = DeliveryTotals()

    /// - Parameters:
    ///   - lastSuccess: what is told when a request is accepted.
    ///   - form: the form of the requests, for `otel.component.type`.
    ///   - endpoint: where requests go, for `server.address` and `server.port`.
    ///   - hasSpool: whether there is anything to tell of a disk.
    init(
        _ provider: MeterProvider, _ lastSuccess: LastSuccess, _ form: WireForm,
        endpoint: Endpoint, hasSpool: Bool
    ) {
        self.lastSuccess = lastSuccess
        let meter = provider.ownMeter
        let number = Self.instances.wrappingAdd(1, ordering: .relaxed).oldValue
        exporter = Self.exporterAttributes(form.exporterType, number: number, endpoint)
        readerAttributes = [
            Key.componentType: "periodic_metric_reader",
            Key.componentName: .string("periodic_metric_reader/\(number)"),
        ]
        inflight = meter.make(OwnMetric.inflight).bind(exporter)
        exported = meter.make(OwnMetric.exported)
        operations = meter.make(OwnMetric.operationDuration)
        collections = meter.make(OwnMetric.collectionDuration).bind(readerAttributes)
        lost = meter.make(OwnMetric.lost)
        spooled = meter.make(OwnMetric.spooled)
        replayed = meter.make(OwnMetric.replayed)
        certificateExpiry = meter.make(OwnMetric.certificateExpiry)
        declareZeros(hasSpool: hasSpool)
    }

    /// An alert on an increase misses one from nothing: what can be lost is there before it is.
    private func declareZeros(hasSpool: Bool) {
        for reason in LossReason.allCases where reason != .unwritten {
            guard hasSpool || !reason.isOfTheSpool else { continue }
            lost.declareZero([Key.lossReason: .string(reason.rawValue)])
        }
        if hasSpool {
            spooled.declareZero()
            replayed.declareZero()
        }
    }

    private static func exporterAttributes(
        _ type: String, number: Int, _ endpoint: Endpoint
    ) -> AttributeSet {
        var attributes = [
            Attribute(Key.componentType, .string(type)),
            Attribute(Key.componentName, .string("\(type)/\(number)")),
            Attribute(Key.serverAddress, .string(endpoint.serverAddress)),
        ]
        if let port = endpoint.serverPort {
            attributes.append(Attribute(Key.serverPort, .int(Int64(port))))
        }
        return AttributeSet(attributes)
    }

    // MARK: What happened

    /// The account has changed.
    ///
    /// - Parameter failures: what the lost points ended with, where that is known better than by the
    ///   reason.
    mutating func record(_ totals: DeliveryTotals, failures: [DeclaredLoss] = []) {
        inflight.add(totals.pending - known.pending)
        if totals.delivered > known.delivered {
            exported.add(totals.delivered - known.delivered, exporter)
        }
        var explained: [LossReason: Int] = [:]
        for loss in failures {
            explained[loss.reason, default: 0] += loss.points
            exported.add(loss.points, with(errorType: loss.errorType))
        }
        for reason in LossReason.allCases {
            let points =
                (totals.lostByReason[reason] ?? 0) - (known.lostByReason[reason] ?? 0)
            guard points > 0 else { continue }
            lost.add(points, [Key.lossReason: .string(reason.rawValue)])
            let unexplained = points - (explained[reason] ?? 0)
            if unexplained > 0 { exported.add(unexplained, with(errorType: reason.rawValue)) }
        }
        if totals.spooled > known.spooled { spooled.add(totals.spooled - known.spooled) }
        if totals.replayed > known.replayed { replayed.add(totals.replayed - known.replayed) }
        known = totals
    }

    /// A batch's export has ended.
    func operationEnded(after duration: Duration, status: Int?, errorType: String?) {
        var attributes = exporter.attributes
        if let status {
            attributes.append(Attribute(Key.status, .int(Int64(status))))
        }
        if let errorType { attributes.append(Attribute(Key.errorType, .string(errorType))) }
        operations.record(duration.inSeconds, AttributeSet(attributes))
    }

    func collected(in duration: Duration) {
        collections.record(duration.inSeconds)
    }

    /// A request was accepted.
    func succeeded(at time: MonotonicTime) {
        lastSuccess.happened(at: time)
    }

    /// Levels, right before a collection.
    func observe(_ certificates: CertificateFacts, now: Int64) {
        for (name, expiry) in [
            ("client", certificates.clientExpiry), ("server", certificates.serverExpiry),
        ] {
            guard let expiry else { continue }
            certificateExpiry.record(
                Double(expiry - now), [Key.certificate: .string(name)])
        }
    }

    private func with(errorType: String) -> AttributeSet {
        AttributeSet(exporter.attributes + [Attribute(Key.errorType, .string(errorType))])
    }
}

extension Duration {
    var inSeconds: Double { Double(nanoseconds) / 1e9 }
}
