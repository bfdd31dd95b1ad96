/// Up to four string attributes, as they are given at a call.
struct StringPairs {
    let first: (key: String, value: String)
    let second: (key: String, value: String)
    let third: (key: String, value: String)
    let fourth: (key: String, value: String)

    @inline(__always)
    func append(to scratch: inout AttributeScratch) -> Bool {
        (first.key.isEmpty || scratch.append(first.key, first.value))
            && (second.key.isEmpty || scratch.append(second.key, second.value))
            && (third.key.isEmpty || scratch.append(third.key, third.value))
            && (fourth.key.isEmpty || scratch.append(fourth.key, fourth.value))
    }

    var attributeSet: AttributeSet {
        AttributeSet(
            [first, second, third, fourth].map { Attribute($0.key, .string($0.value)) })
    }
}
