#pragma once

#include "CTerminal.h"

// Stops every descendant of `root` but `spared` (0: none) and what descends from it is not spared either.
// TERM first, then `grace_ms`, then STOP-recurse-KILL until no child is left. Returns how many were signalled;
// what is still alive after the last attempt is written to `survivors` as lines of `PID NAME`.
int casebook_stop_tree(pid_t root, pid_t spared, int grace_ms, char *survivors, size_t size,
                       void (*reap)(void));

// The monotonic clock in milliseconds; it stands still while the machine sleeps.
int64_t casebook_now_ms(void);
