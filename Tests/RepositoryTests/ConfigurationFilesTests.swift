import Foundation
import Testing

/// The files that other programs read, as somebody else's parser sees them.
@Suite(
    .enabled(
        if: Tool.python != nil || Tool.isRequired, Comment(rawValue: Tool.reasonToSkip)))
struct ConfigurationFilesTests {
    private func mapping(_ value: Any?, _ key: String) throws -> [String: Any] {
        let container = try #require(value as? [String: Any])
        return try #require(container[key] as? [String: Any], "\(key) is missing")
    }

    @Test func compositionHasItsServicesAndMountsOurFiles() throws {
        let composition = try Tool.parseYAML("compose.yaml")
        let services = try mapping(composition, "services")
        #expect(Set(services.keys) == ["collector", "prometheus", "grafana"])
        let volumes = try mapping(composition, "volumes")
        var mounted: Set<String> = []
        for (name, service) in services {
            let service = try #require(service as? [String: Any])
            #expect(service["image"] is String, "\(name) has no image")
            for mount in service["volumes"] as? [Any] ?? [] {
                let text = try #require(mount as? String, "a mount of \(name) is not in short form")
                let source = String(text.prefix { $0 != ":" })
                if source.hasPrefix("./") {
                    mounted.insert(String(source.dropFirst(2)))
                } else {
                    #expect(volumes[source] != nil, "\(name) mounts the unknown volume \(source)")
                }
            }
        }
        for path in mounted {
            let isThere = Repository.files.contains { $0 == path || $0.hasPrefix(path + "/") }
            #expect(isThere, "compose.yaml mounts \(path)")
        }
        // What the scripts run natively.
        #expect(mounted.contains("collector-config/collector.yaml"))
    }

    /// Mounts, ports, versions, and that one program finds what another one is given.
    @Test func compositionPassesTheChecksOfTheScripts() throws {
        let python = try #require(Tool.python, Comment(rawValue: Tool.reasonToSkip))
        let files = ["scripts/lib/check-compose", "compose.yaml"].map {
            Repository.root.appendingPathComponent($0).path
        }
        #expect(throws: Never.self, "run \(files) to see what is wrong") {
            _ = try Tool.run(python, ["-B"] + files)
        }
    }

    @Test func everyYAMLFileParses() throws {
        let files = Repository.files.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
        #expect(files.count >= 3)
        for path in files {
            #expect(throws: Never.self, "\(path)") { _ = try Tool.readYAML(path) }
        }
    }

    @Test func collectorsHaveAWholePipeline() throws {
        let files = Repository.files.filter {
            $0.hasPrefix("collector-config/collector") && $0.hasSuffix(".yaml")
        }
        #expect(files.contains("collector-config/collector.yaml"))
        for path in files {
            let configuration = try Tool.parseYAML(path)
            let pipelines = try mapping(try mapping(configuration, "service"), "pipelines")
            let metrics = try mapping(pipelines, "metrics")
            for part in ["receivers", "processors", "exporters"] {
                let used = metrics[part] as? [String] ?? []
                #expect(part == "processors" || !used.isEmpty, "\(path) has no \(part)")
                let defined = configuration[part] as? [String: Any] ?? [:]
                #expect(Set(used).subtracting(defined.keys) == [], "\(path)")
            }
        }
    }

    @Test func productionCollectorLimitsItsMemoryFirst() throws {
        let configuration = try Tool.parseYAML("collector-config/collector.yaml")
        let pipelines = try mapping(try mapping(configuration, "service"), "pipelines")
        let processors = try #require(try mapping(pipelines, "metrics")["processors"] as? [String])
        #expect(processors == ["memory_limiter", "batch"])
    }
}
