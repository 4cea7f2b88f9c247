#define _GNU_SOURCE
#include "CTerminal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

int casebook_open_pty(unsigned short rows, unsigned short columns, int *primary, int *secondary) {
    int first = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (first < 0) return errno;
    char name[CASEBOOK_PTY_NAME_SIZE];
    int error = 0;
    int second = -1;
    if (grantpt(first) < 0 || unlockpt(first) < 0) {
        error = errno;
    } else if ((error = ptsname_r(first, name, sizeof name)) == 0) {
        second = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
        error = second < 0 ? errno : casebook_resize_pty(first, rows, columns);
    }
    if (error != 0) {
        if (second >= 0) close(second);
        close(first);
        return error;
    }
    *primary = first;
    *secondary = second;
    return 0;
}

int casebook_name_pty(int primary, char *name) {
    return ptsname_r(primary, name, CASEBOOK_PTY_NAME_SIZE);
}

int casebook_resize_pty(int primary, unsigned short rows, unsigned short columns) {
    struct winsize size = {.ws_row = rows, .ws_col = columns};
    return ioctl(primary, TIOCSWINSZ, &size) < 0 ? errno : 0;
}
