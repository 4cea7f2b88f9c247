/// The verbs that runbooks begin an instruction with.
enum ImperativeVerbs {
    static let all: Set<String> = Set(
        """
        abort accept access acknowledge activate add adjust advise alert allocate allow allowlist analyse analyze
        annotate announce append apply approve archive arrange ask assess assign associate assume attach audit
        authenticate authorize avoid backfill backup balance begin bind bisect blacklist block blocklist book boot
        bounce bring browse build bump bypass calculate call cancel capture change check checkout cherry-pick chmod
        choose chown clean clear click clone close collect comment commission commit communicate compact compare
        compile complete compress compute configure confirm connect consider consult contact contain continue convert
        coordinate copy cordon correct correlate create cross-check curl cut cut-over cutover deactivate debug decide
        declare decode decommission decompress decouple decrease decrypt defer define defragment degrade delay
        delegate delete demonstrate demote deny deploy deprovision deregister describe design destroy detach detect
        determine diagnose direct disable disarm discard disconnect dismiss dismount dispatch distribute divert
        document double-check double-click downgrade download downscale drag drain drop dry-run dump duplicate edit
        eject elect email empty enable encode encrypt enforce engage ensure enter enumerate erase escalate establish
        estimate evacuate evaluate evict examine exclude execute exit expand expire export expose extend extract fail
        failback failover fence fetch file fill filter finalize find fine-tune finish fix flag flip flush focus follow
        force fork format forward free freeze gather generate get give go grant grep gunzip halt handle harden
        hibernate hit hot-plug hotfix hotplug identify ignore impersonate implement import improve include increase
        inform initialise initialize initiate inject insert inspect install interview invalidate investigate invite
        invoke isolate issue join keep kick kill label launch leave liaise link list live-migrate load locate lock log
        login look lookup lower maintain make manually mark measure merge message migrate minimize mirror mitigate
        modify monitor mount move mute navigate nominate note notify obtain offload onboard open operate opt optimize
        organize overprovision override overwrite page paste patch pause perform permit persist pick pin ping place
        plan play point poll populate post power-cycle power-off power-on pre-pull preload prepare preserve press
        prevent prime print prioritize proceed produce promote propose provide provision prune publish pull purge push
        put quarantine query quiesce quit raise re-apply re-check re-create re-deploy re-enable re-enter re-image
        re-import re-index re-read re-register re-run re-sync re-test re-try reach reactivate read reallocate reapply
        reassign rebalance rebase rebind reboot rebuild recheck reclaim recompute reconcile reconfigure reconnect
        record recover recreate recycle redact redeploy redirect redo reduce reenable refactor refer refill refresh
        regenerate register rehydrate reimage reimport reindex reinitialize reinstall reissue reject rejoin relabel
        relax release reload relocate remap remediate remember remount remove rename renegotiate renew reopen reorder
        repair repartition repeat replace replay replicate reply repoint repopulate report reprocess reproduce
        reprovision republish request requeue reroute rerun reschedule reseed resend reserve reset resize resolve
        respond restart restore restrict resubmit resubscribe resume resync resynchronize retag retain retarget retest
        retire retrain retrieve retry return reuse revert review revoke rewind right-click roll roll-back rollback
        rotate route run sanitize sanity-check save scale scale-down scale-up scan schedule scroll scrub search secure
        see seed select send separate serve set set-up setup shard share shift shrink shut shutdown sideload sign
        signal silence simulate skip smoke-test snapshot snooze sort source spawn specify spin split ssh stabilise
        stabilize stage standardize start stop store stream submit subscribe substitute summarise summarize suppress
        suspend swap switch switchover symlink sync synchronise synchronize tag tail take target tear tear-down tell
        terminate test thaw throttle tighten toggle touch trace track transfer trigger trim truncate try tune turn
        type unassign unban unbind unblock uncheck uncomment uncordon undelete undeploy undo undrain unfence unfreeze
        uninstall unload unlock unmount unmute unpack unpause unpin unplug unregister unseal unset unsubscribe untaint
        untar unwind unzip update upgrade upload upscale use vacuum validate vendor verify view visit wait wake warm
        warn watch whitelist wipe wrap write zero zip zoom
        """
        .split(whereSeparator: \.isWhitespace).map(String.init)
    )
}
