#pragma once

// Pseudo-terminals, process starts and the supervisor that owns a session's processes.
//
// Everything that runs between fork and exec, and the whole supervisor, calls only functions that are
// async-signal-safe: the process it is forked from may have threads that hold any lock.

#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// How a program is started. Strings and arrays belong to the caller.
struct casebook_start {
    const char *path;          // absolute, or relative to the present directory
    char *const *argv;         // ends in NULL
    char *const *envp;         // ends in NULL
    const char *directory;     // NULL to stay
    int descriptors[3];        // become 0, 1 and 2
    int controlling_terminal;  // a descriptor that becomes the controlling terminal; -1 for none
};

// Starts a program in a session of its own, with default signal dispositions, an empty mask and no other
// descriptor. Returns the process, or -1 with the error number in *error.
pid_t casebook_start(const struct casebook_start *start, int *error);

// Opens a pseudo-terminal with close-on-exec set on both ends. Returns 0 or an error number.
int casebook_open_pty(unsigned short rows, unsigned short columns, int *primary, int *secondary);

// Writes the path of a pseudo-terminal's other end into CASEBOOK_PTY_NAME_SIZE bytes. Returns 0 or an error number.
#define CASEBOOK_PTY_NAME_SIZE 128
int casebook_name_pty(int primary, char *name);

// Changes the size of a pseudo-terminal. Returns 0 or an error number.
int casebook_resize_pty(int primary, unsigned short rows, unsigned short columns);

// What is said between a host and its supervisor; one packet each.
enum casebook_order {
    CASEBOOK_START = 1,      // to it: a start; its text in a memory file, descriptors 0 to 2 behind it
    CASEBOOK_SIGNAL = 2,     // to it: `value` is sent to the interpreter's process group
    CASEBOOK_STOP = 3,       // to it: everything is stopped; `value` is the grace in milliseconds
    CASEBOOK_STOP_REST = 4,  // to it: everything but the interpreter is stopped
    CASEBOOK_STARTED = 5,    // from it: `pid`, or `value` as error number when `pid` is -1
    CASEBOOK_EXITED = 6,     // from it: the interpreter `pid` ended; `value` is its wait status
    CASEBOOK_STOPPED = 7,    // from it: `value` processes were stopped, `survivors` names the others
};

struct casebook_packet {
    int32_t order;
    int32_t pid;
    int32_t value;
    int32_t size;               // of the memory file of CASEBOOK_START
    char survivors[240];        // lines of `PID NAME`, ends in NUL
};

// Forks a supervisor that owns `directory`: when the other end of its socket is closed, by whatever kills
// the host, it stops all its descendants, removes the directory with everything in it and exits.
// Returns its process and the host's end of the socket, or -1 with the error number in *error.
pid_t casebook_supervise(const char *directory, int *socket, int *error);

// Sends a packet with up to four descriptors. Returns 0 or an error number.
int casebook_send(int socket, const struct casebook_packet *packet, const int *descriptors, int count);

// Receives a packet without waiting. Returns 1, 0 at end-of-file, or -1 with errno set.
int casebook_receive(int socket, struct casebook_packet *packet);

// Starts a thread that the caller never joins. Returns 0 or an error number.
int casebook_start_thread(void (*body)(void *), void *argument);

// Creates a memory file that holds these bytes. Returns a descriptor, or -1 with errno set.
int casebook_memory_file(const void *bytes, size_t size);

// Makes an event counter that wakes a poll. Returns a descriptor, or -1 with errno set.
int casebook_make_event(void);

// Takes the exit status out of a wait status; -1 when a signal ended it, which is then in *signal.
int casebook_exit_status(int wait_status, int *signal);

// Asks for a pipe buffer of this size. Returns the size it has.
int casebook_grow_pipe(int descriptor, int size);

// Turns these signals into bytes, each the signal's number, on the descriptor that is returned; -1 with errno.
// Handlers, not a blocked mask: libdispatch (Swift 6.3, Linux) parks a thread that unblocks every signal.
int casebook_watch_signals(const int *numbers, int count);

// Removes a directory with everything in it, without following links.
void casebook_remove_tree(const char *path);
