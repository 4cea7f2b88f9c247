/// What is wrong with the structure of a document beyond what reading it has to say.
enum DocumentChecks {
    /// The findings in no particular order; what Casebook wrote is passed over.
    static func diagnostics(of tree: BlockTree, _ owned: OwnedMarks) -> [Diagnostic] {
        var found = owned.diagnostics.filter { $0.code == .outputNotOwned }
        let mayHoldSiteCode = tree.mayHoldTemplates && SiteCode.mayStand(in: tree.source)
        for index in tree.blocks.indices {
            switch tree.blocks[index].kind {
            case .code(isFenced: true): found += fence(index, in: tree)
            case .code(isFenced: false): found += DeadFence.diagnostics(of: index, in: tree)
            case .paragraph:
                found += DeadFence.diagnostics(of: index, in: tree)
                if mayHoldSiteCode { found += SiteCode.diagnostics(of: index, in: tree) }
            case .html where mayHoldSiteCode: found += SiteCode.diagnostics(of: index, in: tree)
            default: break
            }
        }
        return found
    }

    private static func fence(_ index: Int, in tree: BlockTree) -> [Diagnostic] {
        let opening: Fence.Opening
        var found: [Diagnostic] = []
        switch tree.fence(at: index) {
        case .proven(let fence):
            opening = fence.opening
            guard !OwnedMarks.isOwned(tree.source.bytes[opening.info]) else { return [] }
            if let swallowed = SwallowedFence(index, fence, in: tree) { found.append(swallowed.diagnostic) }
        case .unclosed(let open):
            opening = open
            guard !OwnedMarks.isOwned(tree.source.bytes[opening.info]) else { return [] }
        case .disagrees: return []
        }
        return found + (CodeCheck(index, opening, in: tree)?.diagnostics ?? [])
    }
}
