#define _GNU_SOURCE
#include "internal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

// The directory entries that getdents64 returns; glibc's opendir would allocate.
struct entry {
    uint64_t inode;
    int64_t offset;
    unsigned short length;
    unsigned char type;
    char name[];
};

int64_t casebook_now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static char *append_text(char *end, const char *text) {
    while (*text != 0) *end++ = *text++;
    *end = 0;
    return end;
}

static char *append_number(char *end, long number) {
    char digits[24];
    int count = 0;
    do {
        digits[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    while (count > 0) *end++ = digits[--count];
    *end = 0;
    return end;
}

static void pause_ms(int milliseconds) { poll(NULL, 0, milliseconds); }

// Calls `visit` for each child of each thread of `parent`; -1 children when it has none.
// The list is read again from its start by the caller until nothing is left, so a missed one is met later.
static int visit_children(pid_t parent, void (*visit)(pid_t, void *), void *context) {
    char path[96];
    char *end = append_text(path, "/proc/");
    end = append_number(end, parent);
    end = append_text(end, "/task");
    int tasks = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (tasks < 0) return 0;
    int found = 0;
    char entries[1024] __attribute__((aligned(8)));
    long size;
    while ((size = syscall(SYS_getdents64, tasks, entries, sizeof entries)) > 0) {
        for (long at = 0; at < size;) {
            struct entry *entry = (struct entry *)(entries + at);
            at += entry->length;
            if (entry->name[0] < '0' || entry->name[0] > '9') continue;
            char name[48];
            append_text(append_text(name, entry->name), "/children");
            int list = openat(tasks, name, O_RDONLY | O_CLOEXEC);
            if (list < 0) continue;
            char text[2048];
            ssize_t count;
            pid_t number = 0;
            while ((count = read(list, text, sizeof text)) > 0) {
                for (ssize_t index = 0; index < count; index++) {
                    if (text[index] >= '0' && text[index] <= '9') {
                        number = number * 10 + (text[index] - '0');
                    } else if (number > 0) {
                        found++;
                        visit(number, context);
                        number = 0;
                    }
                }
            }
            if (number > 0) {
                found++;
                visit(number, context);
            }
            close(list);
        }
    }
    close(tasks);
    return found;
}

// The state letter of a process (`Z` is one that has ended); 0 when there is no such process.
static char read_state(pid_t process, char *name, size_t size) {
    char path[64], text[512];
    append_text(append_number(append_text(path, "/proc/"), process), "/stat");
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    ssize_t count = read(file, text, sizeof text - 1);
    close(file);
    if (count <= 0) return 0;
    text[count] = 0;
    // The name stands in brackets and may itself hold brackets: the last one counts.
    char *open_bracket = strchr(text, '(');
    char *close_bracket = strrchr(text, ')');
    if (open_bracket == NULL || close_bracket == NULL) return 0;
    if (name != NULL) {
        size_t length = (size_t)(close_bracket - open_bracket - 1);
        if (length >= size) length = size - 1;
        memcpy(name, open_bracket + 1, length);
        name[length] = 0;
    }
    return close_bracket[2];
}

struct sweep {
    pid_t spared;
    int signal;     // 0: only count
    int alive;      // living descendants met
    int depth;
    char *survivors;
    size_t size;
};

static void sweep_one(pid_t process, void *context) {
    struct sweep *sweep = context;
    char name[64];
    char state = read_state(process, name, sizeof name);
    if (state == 0) return;
    int is_spared = process == sweep->spared;
    if (state != 'Z' && state != 'X' && !is_spared) {
        sweep->alive++;
        // A stopped process cannot start another one between our look at its children and its end.
        if (sweep->signal == SIGKILL) kill(process, SIGSTOP);
        if (sweep->survivors != NULL) {
            size_t used = strlen(sweep->survivors);
            if (used + strlen(name) + 16 < sweep->size) {
                char *end = append_number(sweep->survivors + used, process);
                append_text(append_text(append_text(end, " "), name), "\n");
            }
        }
    }
    // A bound for the stack: deeper levels are met when their parents are gone and they were re-parented.
    if (sweep->depth < 200) {
        sweep->depth++;
        visit_children(process, sweep_one, context);
        sweep->depth--;
    }
    if (sweep->signal != 0 && state != 'Z' && !is_spared) {
        kill(process, sweep->signal);
        // A stopped process acts on TERM only when it goes on.
        if (sweep->signal == SIGTERM) kill(process, SIGCONT);
    }
}

static int sweep_tree(pid_t root, pid_t spared, int signal, char *survivors, size_t size) {
    struct sweep sweep = {.spared = spared, .signal = signal, .survivors = survivors, .size = size};
    visit_children(root, sweep_one, &sweep);
    return sweep.alive;
}

int casebook_stop_tree(pid_t root, pid_t spared, int grace_ms, char *survivors, size_t size,
                       void (*reap)(void)) {
    if (size > 0) survivors[0] = 0;
    int stopped = sweep_tree(root, spared, grace_ms > 0 ? SIGTERM : 0, NULL, 0);
    if (stopped == 0) return 0;
    int64_t limit = casebook_now_ms() + grace_ms;
    int wait = 1;
    while (grace_ms > 0 && casebook_now_ms() < limit) {
        reap();
        if (sweep_tree(root, spared, 0, NULL, 0) == 0) return stopped;
        pause_ms(wait);
        if (wait < 16) wait *= 2;
    }
    // A killed process goes at once unless the kernel holds it; two seconds are for that one.
    limit = casebook_now_ms() + 2000;
    for (wait = 0; casebook_now_ms() < limit; wait = wait < 16 ? wait + 1 : 16) {
        int alive = sweep_tree(root, spared, SIGKILL, NULL, 0);
        reap();
        if (alive == 0) return stopped;
        if (wait > 0) pause_ms(wait);
    }
    if (size > 0) sweep_tree(root, spared, 0, survivors, size);
    return stopped;
}

static void remove_entries(int directory, int depth) {
    char entries[2048] __attribute__((aligned(8)));
    long size;
    while ((size = syscall(SYS_getdents64, directory, entries, sizeof entries)) > 0) {
        for (long at = 0; at < size;) {
            struct entry *entry = (struct entry *)(entries + at);
            at += entry->length;
            if (strcmp(entry->name, ".") == 0 || strcmp(entry->name, "..") == 0) continue;
            if (unlinkat(directory, entry->name, 0) == 0 || depth == 0) continue;
            int inner = openat(directory, entry->name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
            if (inner < 0) continue;
            remove_entries(inner, depth - 1);
            close(inner);
            unlinkat(directory, entry->name, AT_REMOVEDIR);
        }
        // Removing moves what follows: start over until nothing is found.
        lseek(directory, 0, SEEK_SET);
        int left = 0;
        long rest = syscall(SYS_getdents64, directory, entries, sizeof entries);
        for (long at = 0; at < rest;) {
            struct entry *entry = (struct entry *)(entries + at);
            at += entry->length;
            left += strcmp(entry->name, ".") != 0 && strcmp(entry->name, "..") != 0;
        }
        if (left == 0) return;
        static int rounds;
        if (++rounds > 4096) return;
        lseek(directory, 0, SEEK_SET);
    }
}

void casebook_remove_tree(const char *path) {
    int directory = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (directory >= 0) {
        remove_entries(directory, 64);
        close(directory);
    }
    rmdir(path);
}
