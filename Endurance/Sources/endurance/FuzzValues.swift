import Instruments

/// Attributes, sets, numbers, resources.
enum FuzzValues {
    static let entries: [FuzzEntry] = [
        FuzzEntry("AttributeValue.==", "AttributeValue.hash") { _, extremes in
            let values = extremes.list(upTo: 6) { $0.value() }
            Sink.take(Set(values).count)
            Sink.take(values.count { $0 == values.last })
        },
        FuzzEntry(
            "AttributeValue.init(stringLiteral:)", "AttributeValue.init(integerLiteral:)",
            "AttributeValue.init(booleanLiteral:)", "AttributeValue.init(floatLiteral:)"
        ) { _, extremes in
            let values = [
                AttributeValue(stringLiteral: extremes.text()),
                AttributeValue(integerLiteral: Int64(extremes.int())),
                AttributeValue(booleanLiteral: extremes.oneIn(2)),
                AttributeValue(floatLiteral: extremes.double()), "\(extremes.text())",
            ]
            Sink.take(Set(values).count)
        },
        FuzzEntry("Attribute.init(_:_:)", "Attribute.==", "Attribute.hash") { _, extremes in
            let attributes = extremes.list(upTo: 6) { $0.attribute() }
            Sink.take(Set(attributes).count)
            Sink.take(attributes.count { $0 == attributes.first })
        },
        FuzzEntry(
            "AttributeSet.init(_:)", "AttributeSet.attributes", "AttributeSet.isEmpty",
            "AttributeSet.subscript(key:)"
        ) { _, extremes in
            let set = extremes.set()
            Sink.take(set.attributes.count)
            Sink.take(set.isEmpty ? 1 : 0)
            Sink.take(set[extremes.text()] == nil ? 1 : 0)
            Sink.take(AttributeSet(set.attributes.reversed()) == set ? 1 : 0)
        },
        FuzzEntry(
            "AttributeSet.==", "AttributeSet.hash", "AttributeSet.init(dictionaryLiteral:)"
        ) { _, extremes in
            let (key, value) = (extremes.text(), extremes.value())
            let sets: [AttributeSet] = [
                [key: value, extremes.text(): extremes.value()], extremes.set(), .empty,
                AttributeSet(dictionaryLiteral: (key, value), (key, extremes.value())),
            ]
            Sink.take(Set(sets).count)
            Sink.take(sets.count { $0 == sets[0] })
        },
        FuzzEntry("Number.==", "Int.numberKind", "Double.numberKind") { _, extremes in
            let numbers = extremes.list(upTo: 4) { FuzzPoints.number(&$0) }
            Sink.take(numbers.count { $0 == numbers.last })
            Sink.take(Int.numberKind == Double.numberKind ? 1 : 0)
        },
        FuzzEntry("Resource.init(_:schemaURL:)", "Resource.merging(_:)") { world, extremes in
            let resource = Resource(extremes.set(), schemaURL: extremes.text())
            let merged = world.provider.resource.merging(resource).merging(world.provider.resource)
            Sink.take(merged == resource ? 1 : 0)
        },
        FuzzEntry("InstrumentationScope.init(name:version:schemaURL:attributes:)") { _, extremes in
            Sink.take(Set([scope(&extremes), scope(&extremes)]).count)
        },
        FuzzEntry(
            "TraceContext.init(traceID:spanID:isSampled:)", "TraceContext.==",
            "Exemplar.init(value:time:filteredAttributes:context:)"
        ) { _, extremes in
            Sink.take(extremes.context() == extremes.context() ? 1 : 0)
            Sink.take(FuzzPoints.exemplar(&extremes) == FuzzPoints.exemplar(&extremes) ? 1 : 0)
        },
    ]

    static func scope(_ extremes: inout Extremes) -> InstrumentationScope {
        InstrumentationScope(
            name: extremes.text(), version: extremes.text(), schemaURL: extremes.text(),
            attributes: extremes.set())
    }
}

/// Where results go, so that no compiler leaves out what made them.
enum Sink {
    nonisolated(unsafe) private static var taken = 0

    @inline(never) static func take(_ value: Int) { taken &+= value }
}
