/// A level: height, peers, score. The last value counts.
///
/// Recording never throws, traps or blocks on I/O, from any thread. It reads the clock only when it
/// makes a new series. Bound to a set, without attributes, or with the attributes of a known
/// series, it takes no lock; allocations come only from making an `AttributeSet`. A level has no
/// order between threads: all write to one shared cell, atomically. NaN and infinities pass.
/// Specification: metrics API, *Gauge*.
public struct Gauge<Value: MetricNumber>: Sendable {
    let storage: InstrumentStorage

    /// Whether measurements are kept: false if views drop the instrument or its meter is disabled.
    public var isEnabled: Bool { storage.isEnabled }

    /// The gauge of one attribute set: the series is looked up now, and never again.
    public func bind(_ attributes: AttributeSet) -> BoundGauge<Value> {
        BoundGauge(target: BoundTarget(storage, attributes))
    }

    /// Forgets the series of something that is gone; see `Counter.remove`.
    public func remove(_ attributes: AttributeSet) {
        storage.remove(attributes)
    }
}

extension Gauge where Value == Int {
    /// Sets the level without attributes.
    public func record(_ value: Int) {
        let offset = storage.unnamedOffset
        if offset != Cell.noOffset {
            GaugeCell.record(UInt64(bitPattern: Int64(value)), at: offset)
        } else {
            storage.record(.int(Int64(value)), .empty)
        }
    }

    /// Sets the level of the series of `attributes`, which is looked up.
    public func record(_ value: Int, _ attributes: AttributeSet) {
        storage.record(.int(Int64(value)), attributes, isPlain: true) {
            GaugeCell.record(UInt64(bitPattern: Int64(value)), at: $0)
        }
    }

    /// Sets the level of the series of the attributes that `fill` sets; looked up without
    /// allocating.
    public func record(_ value: Int, _ fill: (inout AttributeWriter) -> Void) {
        storage.record(.int(Int64(value)), isPlain: true, fill) {
            GaugeCell.record(UInt64(bitPattern: Int64(value)), at: $0)
        }
    }

    /// Sets the level of the series of up to four string attributes; looked up without allocating.
    /// Pairs with an empty key are left out.
    public func record(
        _ value: Int, _ key: String, _ text: String, _ key2: String = "",
        _ text2: String = "", _ key3: String = "", _ text3: String = "", _ key4: String = "",
        _ text4: String = ""
    ) {
        let pairs = StringPairs(
            first: (key, text), second: (key2, text2), third: (key3, text3),
            fourth: (key4, text4))
        storage.record(.int(Int64(value)), isPlain: true, pairs) {
            GaugeCell.record(UInt64(bitPattern: Int64(value)), at: $0)
        }
    }
}

extension Gauge where Value == Double {
    /// Sets the level without attributes.
    public func record(_ value: Double) {
        let offset = storage.unnamedOffset
        if offset != Cell.noOffset {
            GaugeCell.record(value.bitPattern, at: offset)
        } else {
            storage.record(.double(value), .empty)
        }
    }

    /// Sets the level of the series of `attributes`, which is looked up.
    public func record(_ value: Double, _ attributes: AttributeSet) {
        storage.record(.double(value), attributes, isPlain: true) {
            GaugeCell.record(value.bitPattern, at: $0)
        }
    }

    /// Sets the level of the series of the attributes that `fill` sets; looked up without
    /// allocating.
    public func record(_ value: Double, _ fill: (inout AttributeWriter) -> Void) {
        storage.record(.double(value), isPlain: true, fill) {
            GaugeCell.record(value.bitPattern, at: $0)
        }
    }

    /// Sets the level of the series of up to four string attributes; looked up without allocating.
    /// Pairs with an empty key are left out.
    public func record(
        _ value: Double, _ key: String, _ text: String, _ key2: String = "",
        _ text2: String = "", _ key3: String = "", _ text3: String = "", _ key4: String = "",
        _ text4: String = ""
    ) {
        let pairs = StringPairs(
            first: (key, text), second: (key2, text2), third: (key3, text3),
            fourth: (key4, text4))
        storage.record(.double(value), isPlain: true, pairs) {
            GaugeCell.record(value.bitPattern, at: $0)
        }
    }
}

/// A gauge of one series, found beforehand.
public struct BoundGauge<Value: MetricNumber>: Sendable {
    let target: BoundTarget

    /// Whether measurements are kept: false if views drop the instrument or its meter is disabled.
    public var isEnabled: Bool { target.isEnabled }
}

extension BoundGauge where Value == Int {
    /// Sets the level, without a lock and without allocating.
    public func record(_ value: Int) {
        if target.offset != Cell.noOffset {
            GaugeCell.record(UInt64(bitPattern: Int64(value)), at: target.offset)
        } else {
            target.record(.int(Int64(value)))
        }
    }
}

extension BoundGauge where Value == Double {
    /// Sets the level, without a lock and without allocating.
    public func record(_ value: Double) {
        if target.offset != Cell.noOffset {
            GaugeCell.record(value.bitPattern, at: target.offset)
        } else {
            target.record(.double(value))
        }
    }
}
