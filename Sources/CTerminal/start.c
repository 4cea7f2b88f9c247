#define _GNU_SOURCE
#include "CTerminal.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

// Runs in the child, on the parent's memory: it may write nothing but *error.
static void become(const struct casebook_start *start, int *error) {
    if (setsid() < 0) goto failed;
    for (int number = 1; number < 65; number++) {
        // KILL, STOP and the two of the thread library refuse; they are at their default anyway.
        signal(number, SIG_DFL);
    }
    if (start->controlling_terminal >= 0 && ioctl(start->controlling_terminal, TIOCSCTTY, 0) < 0) {
        goto failed;
    }
    // Move all three out of the way first: one of them may stand where another belongs.
    int moved[3];
    for (int index = 0; index < 3; index++) {
        moved[index] = fcntl(start->descriptors[index], F_DUPFD_CLOEXEC, 3);
        if (moved[index] < 0) goto failed;
    }
    for (int index = 0; index < 3; index++) {
        if (dup2(moved[index], index) < 0) goto failed;
    }
    if (close_range(3, ~0U, CLOSE_RANGE_CLOEXEC) < 0) goto failed;
    if (start->directory != NULL && chdir(start->directory) < 0) goto failed;
    sigset_t none;
    sigemptyset(&none);
    if (sigprocmask(SIG_SETMASK, &none, NULL) < 0) goto failed;
    execve(start->path, start->argv, start->envp);
failed:
    *error = errno;
    _exit(127);
}

pid_t casebook_start(const struct casebook_start *start, int *error) {
    // volatile: the child writes it while the parent is suspended in vfork.
    volatile int failure = 0;
    sigset_t all, before;
    sigfillset(&all);
    // No handler of the parent may run in the child, which shares its memory.
    sigprocmask(SIG_SETMASK, &all, &before);
    pid_t child = vfork();
    if (child == 0) become(start, (int *)&failure);
    int fork_error = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (child < 0) {
        *error = fork_error;
        return -1;
    }
    if (failure != 0) {
        *error = failure;
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
        return -1;
    }
    return child;
}
