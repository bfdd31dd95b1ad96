/// Compares what the two SDKs made of one plan.
///
/// Where they may differ, because Python's SDK 1.45.2 deviates from the specification or goes
/// another way where it leaves the choice, this is said at the place; `PlanMaker` lists what is not
/// even tried.
struct Comparison {
    let plan: Plan
    private(set) var faults: [String] = []
    private(set) var points = 0
    /// Σ|v| of what was recorded so far, by instrument and set.
    private var magnitudes: [String: [Int: Double]] = [:]
    private var overflowed: Set<String> = []

    /// Double sums may differ by this much of what was summed up.
    private static let tolerance = 1e-9

    init(_ plan: Plan) {
        self.plan = plan
    }

    mutating func compare(_ ours: PlainResult, _ theirs: PlainResult) {
        if let error = theirs.error, !theirs.isCutShort {
            return faults.append("Python's SDK failed: \(error)")
        }
        guard theirs.isCutShort || ours.rounds.count == theirs.rounds.count else {
            return faults.append("\(ours.rounds.count) rounds, \(theirs.rounds.count) by Python")
        }
        for (number, (our, their)) in zip(ours.rounds, theirs.rounds).enumerated() {
            addMagnitudes(plan.rounds[number])
            compare(our.cumulative, their.cumulative, "round \(number) cumulative", isDelta: false)
            guard let our = our.delta, let their = their.delta else { continue }
            compare(our, their, "round \(number) delta", isDelta: true)
        }
    }

    private mutating func addMagnitudes(_ round: Plan.Round) {
        for one in round.measurements + round.observations where one.value.asDouble.isFinite {
            magnitudes[plan.instruments[one.instrument].name, default: [:]][one.set, default: 0] +=
                abs(one.value.asDouble)
        }
    }

    private mutating func compare(
        _ ours: [PlainPoint], _ theirs: [PlainPoint], _ place: String, isDelta: Bool
    ) {
        if !isDelta {
            overflowed.formUnion(ours.filter { $0.attributes == PlainPoint.overflow }.map(\.name))
        }
        let ours = Dictionary(
            ours.filter { isCompared($0, isDelta) }.map { ($0.key, $0) }, uniquingKeysWith: { $1 })
        let theirs = Dictionary(
            theirs.filter { isCompared($0, isDelta) }.map { ($0.key, $0) },
            uniquingKeysWith: { $1 })
        for key in Set(ours.keys).union(theirs.keys).sorted() {
            guard let our = ours[key], let their = theirs[key] else {
                faults.append("\(place): \(key) \(ours[key] == nil ? "missing" : "is too much")")
                continue
            }
            points += 1
            for fault in self.faults(our, their, isDelta: isDelta) {
                faults.append("\(place): \(key): \(fault)")
            }
        }
    }

    private func isCompared(_ point: PlainPoint, _ isDelta: Bool) -> Bool {
        guard let instrument = instrument(of: point) else { return true }
        // For the limit it remembers the sets of earlier collections; of an observable instrument
        // those of this collection should have room (A9.6).
        let hasLimit = plan.views.contains { $0.limit != nil }
        guard isDelta else { return !(instrument.isIrregular && hasLimit) }
        // Of differences Python's SDK begins a new table after each collection; a difference of
        // cumulative tables keeps the sets that came first. Both are allowed (A9.4).
        if overflowed.contains(point.name) { return false }
        // It subtracts the last value that it has ever seen of a series: of a series that vanished
        // and returned, or of a counter that fell, it makes a negative difference. The
        // specification's guidelines begin such a series anew (A4.9, A4.11).
        return !instrument.isIrregular
    }

    private func instrument(of point: PlainPoint) -> PlannedInstrument? {
        let name = point.name.prefix { $0 != "." }
        return plan.instruments.first { $0.name == name }
    }

    private func faults(_ our: PlainPoint, _ their: PlainPoint, isDelta: Bool) -> [String] {
        var faults: [String] = []
        func expect(_ isRight: Bool, _ what: String) {
            if !isRight { faults.append(what) }
        }
        expect(our.unit == their.unit, "unit \(our.unit), \(their.unit)")
        expect(our.description == their.description, "description \(our.description)")
        expect(our.isDelta == their.isDelta, "temporality: delta \(our.isDelta)")
        let instrument = instrument(of: our)
        // It calls the sum of a histogram's records not monotonic, which it is (A6.3).
        let isMonotonic = their.isMonotonic || our.kind == "sum" && instrument?.kind == "histogram"
        expect(our.isMonotonic == isMonotonic, "monotonic \(our.isMonotonic)")
        expect(our.count == their.count, "count \(our.count ?? 0), \(their.count ?? 0)")
        expect(our.buckets == their.buckets, "buckets \(our.buckets ?? []), \(their.buckets ?? [])")
        expect(our.bounds == their.bounds, "bounds \(our.bounds ?? []), \(their.bounds ?? [])")
        let allowed = Self.tolerance * magnitude(of: our)
        func areClose(_ left: PlainNumber?, _ right: PlainNumber?) -> Bool {
            if left == right { return true }
            guard let left, let right else { return false }
            return abs(left.asDouble - right.asDouble) <= allowed
        }
        if case .int = our.value {
            expect(our.value == their.value, "\(our.value?.text ?? ""), \(their.value?.text ?? "")")
        } else if our.kind == "gauge" {
            expect(our.value?.asDouble == their.value?.asDouble, "value \(our.value?.text ?? "")")
        } else {
            expect(
                areClose(our.value, their.value),
                "value \(our.value?.asDouble ?? 0), \(their.value?.asDouble ?? 0)")
        }
        if instrument?.takesNegative == true {
            // It sums up what has no meaningful sum (A6.7).
            expect(our.sum == nil, "a sum of an instrument that takes negative values")
        } else {
            expect(
                areClose(our.sum, their.sum),
                "sum \(our.sum?.asDouble ?? 0), \(their.sum?.asDouble ?? 0)")
        }
        // A difference can't tell extremes (A6.9); one without predecessor keeps them.
        if !isDelta || our.minimum != nil {
            expect(Self.extreme(our.minimum) == Self.extreme(their.minimum), "minimum")
            expect(Self.extreme(our.maximum) == Self.extreme(their.maximum), "maximum")
        }
        if our.kind == "exponential" {
            faults += ExponentialComparison(our, their, isDelta: isDelta).faults
        }
        return faults
    }

    /// An infinite extreme is one that is not there.
    private static func extreme(_ number: PlainNumber?) -> Double? {
        number.map(\.asDouble).flatMap { $0.isFinite ? $0 : nil }
    }

    /// Σ|v| of all measurements that may be in this point.
    private func magnitude(of point: PlainPoint) -> Double {
        guard let instrument = instrument(of: point) else { return 0 }
        let wanted = Set(point.attributes.split(separator: ";").map(String.init))
        return (magnitudes[instrument.name] ?? [:]).reduce(0) { total, entry in
            let text = PlainPoint.text(Plan.attributes(plan.sets[entry.key]))
            let has = Set(text.split(separator: ";").map(String.init))
            let isIn = point.attributes == PlainPoint.overflow || has.isSuperset(of: wanted)
            return total + (isIn ? entry.value : 0)
        }
    }
}
