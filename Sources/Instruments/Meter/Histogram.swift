/// A distribution: durations, sizes.
///
/// Recording never throws, traps or blocks on I/O, from any thread. It reads the clock only when it
/// makes a new series. Bound to a set, without attributes, or with the attributes of a known
/// series, it takes no lock; allocations come only from making an `AttributeSet`. NaN, infinities
/// and negative values are dropped and counted (checklist A3.8, A11.2). Specification: metrics API,
/// *Histogram*.
public struct Histogram<Value: MetricNumber>: Sendable {
    let storage: InstrumentStorage

    /// Whether measurements are kept: false if views drop the instrument or its meter is disabled.
    public var isEnabled: Bool { storage.isEnabled }

    /// The histogram of one attribute set: the series is looked up now, and never again.
    public func bind(_ attributes: AttributeSet) -> BoundHistogram<Value> {
        BoundHistogram(target: BoundTarget(storage, attributes))
    }

    /// Forgets the series of something that is gone; see `Counter.remove`.
    public func remove(_ attributes: AttributeSet) {
        storage.remove(attributes)
    }
}

extension Histogram where Value == Int {
    /// Records into the series without attributes.
    public func record(_ value: Int) {
        let offset = storage.unnamedOffset
        if value >= 0, offset != Cell.noOffset {
            storage.write.record(Double(value), at: offset)
        } else {
            storage.record(.int(Int64(value)), .empty)
        }
    }

    /// Records into the series of `attributes`, which is looked up.
    public func record(_ value: Int, _ attributes: AttributeSet) {
        storage.record(.int(Int64(value)), attributes, isPlain: value >= 0) {
            storage.write.record(Double(value), at: $0)
        }
    }

    /// Records into the series of the attributes that `fill` sets; looked up without allocating.
    public func record(_ value: Int, _ fill: (inout AttributeWriter) -> Void) {
        storage.record(.int(Int64(value)), isPlain: value >= 0, fill) {
            storage.write.record(Double(value), at: $0)
        }
    }

    /// Records into the series of up to four string attributes; looked up without allocating. Pairs
    /// with an empty key are left out.
    public func record(
        _ value: Int, _ key: String, _ text: String, _ key2: String = "",
        _ text2: String = "", _ key3: String = "", _ text3: String = "", _ key4: String = "",
        _ text4: String = ""
    ) {
        let pairs = StringPairs(
            first: (key, text), second: (key2, text2), third: (key3, text3),
            fourth: (key4, text4))
        storage.record(.int(Int64(value)), isPlain: value >= 0, pairs) {
            storage.write.record(Double(value), at: $0)
        }
    }
}

extension Histogram where Value == Double {
    /// Records into the series without attributes.
    public func record(_ value: Double) {
        let offset = storage.unnamedOffset
        if value >= 0, value.isFinite, offset != Cell.noOffset {
            storage.write.record(value, at: offset)
        } else {
            storage.record(.double(value), .empty)
        }
    }

    /// Records into the series of `attributes`, which is looked up.
    public func record(_ value: Double, _ attributes: AttributeSet) {
        storage.record(.double(value), attributes, isPlain: value >= 0 && value.isFinite) {
            storage.write.record(value, at: $0)
        }
    }

    /// Records into the series of the attributes that `fill` sets; looked up without allocating.
    public func record(_ value: Double, _ fill: (inout AttributeWriter) -> Void) {
        storage.record(.double(value), isPlain: value >= 0 && value.isFinite, fill) {
            storage.write.record(value, at: $0)
        }
    }

    /// Records into the series of up to four string attributes; looked up without allocating. Pairs
    /// with an empty key are left out.
    public func record(
        _ value: Double, _ key: String, _ text: String, _ key2: String = "",
        _ text2: String = "", _ key3: String = "", _ text3: String = "", _ key4: String = "",
        _ text4: String = ""
    ) {
        let pairs = StringPairs(
            first: (key, text), second: (key2, text2), third: (key3, text3),
            fourth: (key4, text4))
        storage.record(.double(value), isPlain: value >= 0 && value.isFinite, pairs) {
            storage.write.record(value, at: $0)
        }
    }
}

/// A histogram of one series, found beforehand: the fastest way to record.
///
/// Safe to use from any number of threads: each writes to memory of its own.
public struct BoundHistogram<Value: MetricNumber>: Sendable {
    let target: BoundTarget

    /// Whether measurements are kept: false if views drop the instrument or its meter is disabled.
    public var isEnabled: Bool { target.isEnabled }
}

extension BoundHistogram where Value == Int {
    /// Records `value`, without a lock and without allocating.
    ///
    /// Negative values are dropped and counted.
    public func record(_ value: Int) {
        guard value >= 0, target.offset != Cell.noOffset else {
            return target.record(.int(Int64(value)))
        }
        if target.isExponential {
            target.exponential.record(Double(value), at: target.offset)
        } else {
            target.explicit.record(Double(value), at: target.offset)
        }
    }
}

extension BoundHistogram where Value == Double {
    /// Records `value`, without a lock and without allocating.
    ///
    /// Negative and non-finite values are dropped and counted.
    public func record(_ value: Double) {
        guard value >= 0, value.isFinite, target.offset != Cell.noOffset else {
            return target.record(.double(value))
        }
        if target.isExponential {
            target.exponential.record(value, at: target.offset)
        } else {
            target.explicit.record(value, at: target.offset)
        }
    }
}
