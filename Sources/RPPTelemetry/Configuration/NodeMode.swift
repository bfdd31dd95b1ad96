/// The mode in which a node runs, which is the attribute `rpp.mode` of its resource.
public enum NodeMode: String, Sendable, CaseIterable {
    /// A node that takes part in the network.
    case node
    /// A wallet.
    case wallet
    /// A node and a wallet in one.
    case hybrid
    /// A node that votes.
    case validator
}
