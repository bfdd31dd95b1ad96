/// A sum that only grows: requests, bytes, proofs.
///
/// Adding never throws, traps or blocks on I/O, from any thread. It reads the clock only when it
/// makes a new series. Bound to a set, without attributes, or with the attributes of a known
/// series, it takes no lock; allocations come only from making an `AttributeSet`. Negative and
/// non-finite amounts are dropped and counted; an integer sum saturates at `Int64.max`.
/// Specification: metrics API, *Counter*.
public struct Counter<Value: MetricNumber>: Sendable {
    let storage: InstrumentStorage

    /// Whether measurements are kept: false if views drop the instrument or its meter is disabled.
    public var isEnabled: Bool { storage.isEnabled }

    /// The counter of one attribute set: the series is looked up now, and never again.
    public func bind(_ attributes: AttributeSet) -> BoundCounter<Value> {
        BoundCounter(target: BoundTarget(storage, attributes))
    }

    /// Makes the series exist with the value 0, so that its first event is visible to rates.
    public func declareZero(_ attributes: AttributeSet = .empty) {
        BoundTarget(storage, attributes).declareBaseline()
    }

    /// Forgets the series of something that is gone: it vanishes from the next collection and makes
    /// room under the cardinality limit. A later measurement, also through a handle that was bound
    /// before, begins it anew with a fresh start time.
    public func remove(_ attributes: AttributeSet) {
        storage.remove(attributes)
    }
}

extension Counter where Value == Int {
    /// Adds `amount` to the series without attributes.
    public func add(_ amount: Int) {
        let offset = storage.unnamedOffset
        if amount >= 0, offset != Cell.noOffset {
            SumCell.add(Int64(amount), at: offset)
        } else {
            storage.record(.int(Int64(amount)), .empty)
        }
    }

    /// Adds `amount` to the series of `attributes`, which is looked up.
    public func add(_ amount: Int, _ attributes: AttributeSet) {
        storage.record(.int(Int64(amount)), attributes, isPlain: amount >= 0) {
            SumCell.add(Int64(amount), at: $0)
        }
    }

    /// Adds `amount` to the series of the attributes that `fill` sets; looked up without
    /// allocating.
    public func add(_ amount: Int, _ fill: (inout AttributeWriter) -> Void) {
        storage.record(.int(Int64(amount)), isPlain: amount >= 0, fill) {
            SumCell.add(Int64(amount), at: $0)
        }
    }

    /// Adds `amount` to the series of up to four string attributes; looked up without allocating.
    /// Pairs with an empty key are left out.
    public func add(
        _ amount: Int, _ key: String, _ text: String, _ key2: String = "",
        _ text2: String = "", _ key3: String = "", _ text3: String = "", _ key4: String = "",
        _ text4: String = ""
    ) {
        let pairs = StringPairs(
            first: (key, text), second: (key2, text2), third: (key3, text3),
            fourth: (key4, text4))
        storage.record(.int(Int64(amount)), isPlain: amount >= 0, pairs) {
            SumCell.add(Int64(amount), at: $0)
        }
    }
}

extension Counter where Value == Double {
    /// Adds `amount` to the series without attributes.
    public func add(_ amount: Double) {
        let offset = storage.unnamedOffset
        if amount >= 0, amount.isFinite, offset != Cell.noOffset {
            SumCell.add(amount, at: offset)
        } else {
            storage.record(.double(amount), .empty)
        }
    }

    /// Adds `amount` to the series of `attributes`, which is looked up.
    public func add(_ amount: Double, _ attributes: AttributeSet) {
        storage.record(.double(amount), attributes, isPlain: amount >= 0 && amount.isFinite) {
            SumCell.add(amount, at: $0)
        }
    }

    /// Adds `amount` to the series of the attributes that `fill` sets; looked up without
    /// allocating.
    public func add(_ amount: Double, _ fill: (inout AttributeWriter) -> Void) {
        storage.record(.double(amount), isPlain: amount >= 0 && amount.isFinite, fill) {
            SumCell.add(amount, at: $0)
        }
    }

    /// Adds `amount` to the series of up to four string attributes; looked up without allocating.
    /// Pairs with an empty key are left out.
    public func add(
        _ amount: Double, _ key: String, _ text: String, _ key2: String = "",
        _ text2: String = "", _ key3: String = "", _ text3: String = "", _ key4: String = "",
        _ text4: String = ""
    ) {
        let pairs = StringPairs(
            first: (key, text), second: (key2, text2), third: (key3, text3),
            fourth: (key4, text4))
        storage.record(.double(amount), isPlain: amount >= 0 && amount.isFinite, pairs) {
            SumCell.add(amount, at: $0)
        }
    }
}

/// A counter of one series, found beforehand: the fastest way to add.
///
/// Safe to use from any number of threads: each writes to memory of its own.
public struct BoundCounter<Value: MetricNumber>: Sendable {
    let target: BoundTarget

    /// Whether measurements are kept: false if views drop the instrument or its meter is disabled.
    public var isEnabled: Bool { target.isEnabled }
}

extension BoundCounter where Value == Int {
    /// Adds `amount`, without a lock and without allocating.
    ///
    /// Negative amounts are dropped and counted; the sum saturates at `Int64.max`.
    public func add(_ amount: Int) {
        if amount >= 0, target.offset != Cell.noOffset {
            SumCell.add(Int64(amount), at: target.offset)
        } else {
            target.record(.int(Int64(amount)))
        }
    }
}

extension BoundCounter where Value == Double {
    /// Adds `amount`, without a lock and without allocating.
    ///
    /// Negative and non-finite amounts are dropped and counted.
    public func add(_ amount: Double) {
        if amount >= 0, amount.isFinite, target.offset != Cell.noOffset {
            SumCell.add(amount, at: target.offset)
        } else {
            target.record(.double(amount))
        }
    }
}
