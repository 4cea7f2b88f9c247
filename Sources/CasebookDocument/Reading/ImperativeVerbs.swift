/// The verbs that runbooks begin an instruction with.
enum ImperativeVerbs {
    static let all: Set<String> = Set(
        """
        abort accept access acknowledge activate add adjust advise alert allocate allow analyse analyze announce annotate
        append apply approve archive arrange ask assess assign associate assume attach audit authenticate authorize avoid
        backfill backup balance begin block book boot bounce bring browse build bump bypass calculate call cancel
        capture change check checkout cherry-pick choose clean clear click clone close collect commission commit
        communicate compact compare compile complete comment compute confirm configure connect consider consult contact
        contain continue convert coordinate copy cordon correct correlate create cross-check cut cut-over cutover
        deactivate debug decide declare decommission decrease decrypt define defragment degrade delegate delete demote
        deny deploy deregister describe design destroy detach detect determine diagnose direct disable discard
        disconnect dismiss dismount dispatch distribute document double-check double-click download downgrade drag drain
        drop dump duplicate edit eject email empty enable encrypt enforce engage ensure enter enumerate erase escalate
        establish estimate evacuate evaluate evict examine exclude execute exit expand expire export expose extend
        extract fail failback failover fence fetch file fill filter finalize find finish fix flag flip flush focus
        follow force fork format forward free freeze gather generate get give go grant grep halt handle hit
        hot-plug hotfix hotplug identify ignore implement import improve include increase inform initialise initialize
        initiate inject insert inspect install interview invalidate investigate invite invoke isolate issue join keep
        kick kill label launch leave link list live-migrate load locate lock log login look lookup lower make manually
        mark measure merge message migrate minimize mitigate modify monitor mount move mute navigate note
        notify obtain offload onboard open operate opt optimize organize override page paste patch pause perform
        pick pin ping place plan play point poll populate post power-cycle power-off pre-pull prepare preserve
        press prevent print prioritize proceed produce promote propose provide provision prune publish pull purge push
        put quarantine query quiesce quit raise re-apply re-create re-deploy re-enable re-image re-import re-index re-run
        reach reactivate read reapply reassign rebalance rebase reboot rebuild recheck recompute reconcile
        reconfigure reconnect record recover recreate recycle redact redeploy redirect redo reduce reenable refer
        refill refresh regenerate register reimage reimport reindex reinitialize reinstall reissue reject rejoin release
        reload relocate remediate remember remount remove rename renew reopen reorder repair repeat replace
        replay replicate reply report reprocess reproduce request requeue rerun reschedule reseed reserve reset resize
        resolve respond restart restore restrict resubmit resume resync resynchronize retain retire retrieve retry return reuse revert review
        revoke rewind right-click roll rollback rotate route run sanitize save scale scan schedule scroll search secure
        see seed select send separate serve set set-up setup share shift shut shutdown sign signal silence simulate
        skip snapshot snooze sort source specify spin split ssh stage start stop store stream submit subscribe substitute
        summarise summarize suppress suspend swap switch sync synchronise synchronize tag tail take target tear tell
        terminate test throttle toggle touch trace track transfer trigger truncate try tune turn type unblock uncheck
        uncomment uncordon undelete undo undrain unfreeze uninstall unload unlock unmount unmute unpack unpause unplug
        unregister unseal unset unsubscribe untaint unzip update upgrade upload use vacuum validate vendor verify view visit
        wait wake warm watch whitelist wipe write zero zip zoom
        """
        .split(whereSeparator: \.isWhitespace).map(String.init)
    )
}
