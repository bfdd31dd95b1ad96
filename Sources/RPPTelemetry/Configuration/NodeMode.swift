/// What a node is run as: the attribute `rpp.mode` of its resource.
public enum NodeMode: String, Sendable, CaseIterable {
    case node, wallet, hybrid, validator
}
