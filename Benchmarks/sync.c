/* The price of durability here and now: median microseconds of a 4 KB append with fdatasync.
 *
 *   sync FOLDER */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { rounds = 501 };

static int ascending(const void *left, const void *right) {
  double difference = *(const double *)left - *(const double *)right;
  return (difference > 0) - (difference < 0);
}

int main(int argc, char **argv) {
  if (argc != 2 || chdir(argv[1])) return 2;
  int fd = open("sync.tmp", O_RDWR | O_CREAT | O_TRUNC, 0600);
  if (fd < 0) return 2;
  unlink("sync.tmp");
  static char page[4096];
  double times[rounds];
  for (int i = 0; i < rounds; i++) {
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    if (write(fd, page, sizeof page) != sizeof page || fdatasync(fd)) return 1;
    clock_gettime(CLOCK_MONOTONIC, &end);
    times[i] = (double)(end.tv_sec - start.tv_sec) * 1e6 + (double)(end.tv_nsec - start.tv_nsec) / 1e3;
  }
  qsort(times, rounds, sizeof *times, ascending);
  printf("%.1f\n", times[rounds / 2]);
  return 0;
}
