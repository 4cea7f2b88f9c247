#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

// One supervisor has one session, so everything that ever descends from the interpreter comes back to this
// process, which is its sub-reaper, and nobody else's: no marker in an environment is needed to tell them apart.
static struct {
    int socket;
    pid_t interpreter;
    char directory[4096];
} self;

static void report(int order, pid_t pid, int value, const char *survivors) {
    struct casebook_packet packet = {.order = order, .pid = pid, .value = value};
    if (survivors != NULL) strncpy(packet.survivors, survivors, sizeof packet.survivors - 1);
    // A host that has gone is noticed by the next receive.
    casebook_send(self.socket, &packet, NULL, 0);
}

static void reap(void) {
    int status;
    pid_t process;
    while ((process = waitpid(-1, &status, WNOHANG)) > 0) {
        if (process != self.interpreter) continue;
        self.interpreter = 0;
        report(CASEBOOK_EXITED, process, status, NULL);
    }
}

static _Noreturn void leave(void) {
    char none[1];
    // The host is gone and its record with it: no grace, the children must not go on unseen.
    casebook_stop_tree(getpid(), 0, 0, none, 0, reap);
    for (int round = 0; round < 100; round++) {
        if (casebook_stop_tree(getpid(), 0, 1, none, 0, reap) == 0) break;
    }
    casebook_remove_tree(self.directory);
    _exit(0);
}

// The memory file: path, directory, then the counts of argv and envp, each string ending in NUL.
static void start_interpreter(int32_t size, const int *descriptors, int count) {
    int error = EINVAL;
    pid_t process = -1;
    if (count != 4 || size < 16) goto done;
    char *text = mmap(NULL, (size_t)size, PROT_READ | PROT_WRITE, MAP_PRIVATE, descriptors[0], 0);
    if (text == MAP_FAILED) {
        error = errno;
        goto done;
    }
    int32_t counts[2];
    memcpy(counts, text, sizeof counts);
    size_t pointers = ((size_t)counts[0] + (size_t)counts[1] + 2) * sizeof(char *);
    char **list = mmap(NULL, pointers, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (list == MAP_FAILED) {
        error = errno;
    } else {
        char *next = text + sizeof counts;
        char *path = next;
        next += strlen(next) + 1;
        char *directory = next;
        next += strlen(next) + 1;
        char **argv = list;
        char **envp = list + counts[0] + 1;
        for (int index = 0; index < counts[0]; index++, next += strlen(next) + 1) argv[index] = next;
        for (int index = 0; index < counts[1]; index++, next += strlen(next) + 1) envp[index] = next;
        struct casebook_start start = {
            .path = path,
            .argv = argv,
            .envp = envp,
            .directory = directory[0] == 0 ? NULL : directory,
            .descriptors = {descriptors[1], descriptors[2], descriptors[3]},
            .controlling_terminal = -1,
        };
        process = casebook_start(&start, &error);
        munmap(list, pointers);
    }
    munmap(text, (size_t)size);
done:
    if (process > 0) {
        self.interpreter = process;
        report(CASEBOOK_STARTED, process, 0, NULL);
    } else {
        report(CASEBOOK_STARTED, -1, error, NULL);
    }
}

static int receive_order(void) {
    struct casebook_packet packet;
    struct iovec part = {.iov_base = &packet, .iov_len = sizeof packet};
    char control[CMSG_SPACE(4 * sizeof(int))] __attribute__((aligned(8)));
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control,
    };
    ssize_t size = recvmsg(self.socket, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    if (size < 0) return errno == EAGAIN || errno == EINTR;
    if (size != sizeof packet) return 0;
    int descriptors[4], count = 0;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (header != NULL && header->cmsg_type == SCM_RIGHTS) {
        count = (int)((header->cmsg_len - CMSG_LEN(0)) / sizeof(int));
        memcpy(descriptors, CMSG_DATA(header), (size_t)count * sizeof(int));
    }
    char survivors[sizeof packet.survivors];
    switch (packet.order) {
    case CASEBOOK_START:
        start_interpreter(packet.size, descriptors, count);
        break;
    case CASEBOOK_SIGNAL:
        if (self.interpreter > 0) kill(-self.interpreter, packet.value);
        break;
    case CASEBOOK_STOP:
    case CASEBOOK_STOP_REST: {
        pid_t spared = packet.order == CASEBOOK_STOP_REST ? self.interpreter : 0;
        int stopped = casebook_stop_tree(getpid(), spared, packet.value, survivors, sizeof survivors, reap);
        reap();
        report(CASEBOOK_STOPPED, 0, stopped, survivors);
        break;
    }
    }
    for (int index = 0; index < count; index++) close(descriptors[index]);
    return 1;
}

static _Noreturn void supervise(int socket) {
    setsid();
    // Descriptors 0 to 2 stay free of the host's terminal and files.
    int null = open("/dev/null", O_RDWR);
    self.socket = fcntl(socket, F_DUPFD_CLOEXEC, 3);
    if (null < 0 || self.socket < 0) _exit(1);
    if (self.socket != 3) {
        dup3(self.socket, 3, O_CLOEXEC);
        self.socket = 3;
    }
    for (int index = 0; index < 3; index++) dup2(null, index);
    close_range(4, ~0U, 0);
    prctl(PR_SET_NAME, "casebook-super");
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    if (chdir("/") < 0) _exit(1);
    sigset_t children;
    sigemptyset(&children);
    sigaddset(&children, SIGCHLD);
    for (int number = 1; number < 65; number++) {
        // A handler of the host must not run here; what may end a process is ignored.
        signal(number, number == SIGCHLD || number == SIGTSTP ? SIG_DFL : SIG_IGN);
    }
    signal(SIGTSTP, SIG_IGN);
    sigprocmask(SIG_SETMASK, &children, NULL);
    int ended = signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK);
    if (ended < 0) _exit(1);
    for (;;) {
        struct pollfd waits[2] = {{.fd = self.socket, .events = POLLIN}, {.fd = ended, .events = POLLIN}};
        if (poll(waits, 2, -1) < 0 && errno != EINTR) leave();
        if (waits[1].revents != 0) {
            struct signalfd_siginfo information;
            while (read(ended, &information, sizeof information) > 0) {}
            reap();
        }
        if (waits[0].revents != 0 && !receive_order()) leave();
    }
}

pid_t casebook_supervise(const char *directory, int *socket, int *error) {
    int ends[2];
    if (strlen(directory) >= sizeof self.directory) {
        *error = ENAMETOOLONG;
        return -1;
    }
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0) {
        *error = errno;
        return -1;
    }
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    // _Fork runs no handlers of libraries: the child never goes back into any of them.
    pid_t child = _Fork();
    if (child == 0) {
        strcpy(self.directory, directory);
        close(ends[0]);
        supervise(ends[1]);
    }
    int fork_error = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        *error = fork_error;
        return -1;
    }
    *socket = ends[0];
    return child;
}
