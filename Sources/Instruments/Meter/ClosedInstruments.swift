/// A counter over a closed set of attributes: as fast as a bound one, without binding by hand.
public struct ClosedCounter<Value: MetricNumber, Attributes: ClosedAttributes>: Sendable {
    @usableFromInline let cells: ClosedSet

    /// Whether measurements are kept: false if views drop the instrument or its meter is disabled.
    public var isEnabled: Bool { cells.storage.isEnabled }

    /// Forgets the series of something that is gone; see `Counter.remove`. The next measurement
    /// begins it anew.
    public func remove(_ attributes: Attributes) {
        cells.storage.remove(AttributeSet(attributes.attributes))
    }

    /// Makes these series exist with the value 0, so that their first event is visible to rates.
    public func declareZero(where isIncluded: (Attributes) -> Bool = { _ in true }) {
        cells.declareZero(where: isIncluded)
    }
}

extension ClosedCounter where Value == Int {
    /// Adds `amount` to the series of `attributes`, which is found without a search.
    ///
    /// Negative amounts are dropped and counted.
    @inlinable
    public func add(_ amount: Int, _ attributes: Attributes) {
        cells.add(amount, at: attributes.index)
    }
}

extension ClosedCounter where Value == Double {
    /// Adds `amount` to the series of `attributes`, which is found without a search.
    ///
    /// Negative and non-finite amounts are dropped and counted.
    @inlinable
    public func add(_ amount: Double, _ attributes: Attributes) {
        cells.add(amount, at: attributes.index)
    }
}

/// An up-down counter over a closed set of attributes.
public struct ClosedUpDownCounter<Value: MetricNumber, Attributes: ClosedAttributes>: Sendable {
    @usableFromInline let cells: ClosedSet

    /// Whether measurements are kept: false if views drop the instrument or its meter is disabled.
    public var isEnabled: Bool { cells.storage.isEnabled }

    /// Forgets the series of something that is gone; see `Counter.remove`. The next measurement
    /// begins it anew.
    public func remove(_ attributes: Attributes) {
        cells.storage.remove(AttributeSet(attributes.attributes))
    }

    /// Makes these series exist with the value 0.
    public func declareZero(where isIncluded: (Attributes) -> Bool = { _ in true }) {
        cells.declareZero(where: isIncluded)
    }
}

extension ClosedUpDownCounter where Value == Int {
    /// Adds `amount` to the series of `attributes`, which is found without a search.
    @inlinable
    public func add(_ amount: Int, _ attributes: Attributes) {
        cells.add(amount, at: attributes.index)
    }
}

extension ClosedUpDownCounter where Value == Double {
    /// Adds `amount` to the series of `attributes`, which is found without a search.
    ///
    /// Non-finite amounts are dropped and counted.
    @inlinable
    public func add(_ amount: Double, _ attributes: Attributes) {
        cells.add(amount, at: attributes.index)
    }
}

/// A histogram over a closed set of attributes.
public struct ClosedHistogram<Value: MetricNumber, Attributes: ClosedAttributes>: Sendable {
    @usableFromInline let cells: ClosedSet

    /// Whether measurements are kept: false if views drop the instrument or its meter is disabled.
    public var isEnabled: Bool { cells.storage.isEnabled }

    /// Forgets the series of something that is gone; see `Counter.remove`. The next measurement
    /// begins it anew.
    public func remove(_ attributes: Attributes) {
        cells.storage.remove(AttributeSet(attributes.attributes))
    }
}

extension ClosedHistogram where Value == Int {
    /// Records `value` in the series of `attributes`, which is found without a search.
    ///
    /// Negative values are dropped and counted.
    @inlinable
    public func record(_ value: Int, _ attributes: Attributes) {
        cells.record(value, at: attributes.index)
    }
}

extension ClosedHistogram where Value == Double {
    /// Records `value` in the series of `attributes`, which is found without a search.
    ///
    /// Negative and non-finite values are dropped and counted.
    @inlinable
    public func record(_ value: Double, _ attributes: Attributes) {
        cells.record(value, at: attributes.index)
    }
}

/// A gauge over a closed set of attributes.
public struct ClosedGauge<Value: MetricNumber, Attributes: ClosedAttributes>: Sendable {
    @usableFromInline let cells: ClosedSet

    /// Whether measurements are kept: false if views drop the instrument or its meter is disabled.
    public var isEnabled: Bool { cells.storage.isEnabled }

    /// Forgets the series of something that is gone; see `Counter.remove`. The next measurement
    /// begins it anew.
    public func remove(_ attributes: Attributes) {
        cells.storage.remove(AttributeSet(attributes.attributes))
    }
}

extension ClosedGauge where Value == Int {
    /// Sets the level of the series of `attributes`, which is found without a search.
    @inlinable
    public func record(_ value: Int, _ attributes: Attributes) {
        cells.recordLevel(value, at: attributes.index)
    }
}

extension ClosedGauge where Value == Double {
    /// Sets the level of the series of `attributes`, which is found without a search.
    @inlinable
    public func record(_ value: Double, _ attributes: Attributes) {
        cells.recordLevel(value, at: attributes.index)
    }
}
