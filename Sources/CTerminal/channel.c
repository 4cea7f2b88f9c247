#define _GNU_SOURCE
#include "CTerminal.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

int casebook_send(int socket, const struct casebook_packet *packet, const int *descriptors, int count) {
    struct iovec part = {.iov_base = (void *)packet, .iov_len = sizeof *packet};
    char control[CMSG_SPACE(4 * sizeof(int))] __attribute__((aligned(8)));
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (count > 4) return EINVAL;
    if (count > 0) {
        memset(control, 0, sizeof control);
        message.msg_control = control;
        message.msg_controllen = CMSG_SPACE((size_t)count * sizeof(int));
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN((size_t)count * sizeof(int));
        memcpy(CMSG_DATA(header), descriptors, (size_t)count * sizeof(int));
    }
    ssize_t sent;
    do {
        sent = sendmsg(socket, &message, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent < 0 ? errno : 0;
}

int casebook_receive(int socket, struct casebook_packet *packet) {
    ssize_t size = recv(socket, packet, sizeof *packet, MSG_DONTWAIT);
    if (size < 0) return -1;
    return size == sizeof *packet;
}

struct thread_start {
    void (*body)(void *);
    void *argument;
};

static void *run_thread(void *start) {
    struct thread_start copy = *(struct thread_start *)start;
    munmap(start, sizeof copy);
    copy.body(copy.argument);
    return NULL;
}

int casebook_start_thread(void (*body)(void *), void *argument) {
    struct thread_start *start =
        mmap(NULL, sizeof *start, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED) return errno;
    *start = (struct thread_start){.body = body, .argument = argument};
    sigset_t all, before;
    sigfillset(&all);
    // Signals of the process are for its own threads, not for those that wait on sessions.
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pthread_t thread;
    int error = pthread_create(&thread, NULL, run_thread, start);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (error != 0) {
        munmap(start, sizeof *start);
        return error;
    }
    pthread_detach(thread);
    return 0;
}

int casebook_memory_file(const void *bytes, size_t size) {
    int file = memfd_create("casebook", MFD_CLOEXEC);
    if (file < 0) return -1;
    for (size_t at = 0; at < size;) {
        ssize_t count = write(file, (const char *)bytes + at, size - at);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) {
            close(file);
            return -1;
        }
        at += (size_t)count;
    }
    return file;
}

int casebook_make_event(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

int casebook_exit_status(int wait_status, int *signal) {
    if (WIFEXITED(wait_status)) return WEXITSTATUS(wait_status);
    *signal = WTERMSIG(wait_status);
    return -1;
}

int casebook_grow_pipe(int descriptor, int size) {
    fcntl(descriptor, F_SETPIPE_SZ, size);
    return fcntl(descriptor, F_GETPIPE_SZ);
}
