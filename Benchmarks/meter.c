/* Runs one command and says what it cost, as one line of JSON.
 *
 *   meter OUTPUT.json [-m] -- COMMAND ARGUMENT...
 *
 * In C, because a child starts with the peak memory of the process that forked it. With -m the memory
 * of all descendants together is sampled every 5 ms, which slows things down: time and memory are
 * measured in different runs. The command's output goes to /dev/null. */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Proportional memory of one process in KB: shared pages count once over all who share them. */
static long memory_of(long pid) {
  char path[64], line[256];
  snprintf(path, sizeof path, "/proc/%ld/smaps_rollup", pid);
  FILE *file = fopen(path, "r");
  if (!file) return 0;
  long kilobytes = 0;
  while (fgets(line, sizeof line, file))
    if (sscanf(line, "Pss: %ld", &kilobytes) == 1) break;
  fclose(file);
  return kilobytes;
}

/* A process and everything below it. Children hang on threads, so every thread is asked. */
static long memory_below(long pid) {
  char path[64];
  long total = memory_of(pid), child;
  snprintf(path, sizeof path, "/proc/%ld/task", pid);
  DIR *threads = opendir(path);
  for (struct dirent *thread; threads && (thread = readdir(threads));) {
    if (thread->d_name[0] == '.') continue;
    snprintf(path, sizeof path, "/proc/%ld/task/%.16s/children", pid, thread->d_name);
    FILE *file = fopen(path, "r");
    if (!file) continue;
    while (fscanf(file, "%ld", &child) == 1) total += memory_below(child);
    fclose(file);
  }
  if (threads) closedir(threads);
  return total;
}

int main(int argc, char **argv) {
  int with_memory = argc > 2 && !strcmp(argv[2], "-m");
  int first = with_memory ? 4 : 3;
  if (argc <= first) return 2;
  prctl(PR_SET_CHILD_SUBREAPER, 1);

  double start = now();
  pid_t command = fork();
  if (command == 0) {
    int null = open("/dev/null", O_RDWR);
    for (int fd = 0; fd < 3; fd++) dup2(null, fd);
    execvp(argv[first], argv + first);
    _exit(127);
  }

  int status = 0, result = 0;
  long peak = 0, largest = 0;
  double end = start;
  struct rusage usage;
  for (;;) {
    pid_t ended = wait4(-1, &status, with_memory ? WNOHANG : 0, &usage);
    if (ended < 0) break; /* No child is left, not even one that outlived the command. */
    if (ended == 0) {
      long total = memory_below(getpid()) - memory_of(getpid());
      if (total > peak) peak = total;
      usleep(5000);
      continue;
    }
    if (usage.ru_maxrss > largest) largest = usage.ru_maxrss;
    if (ended == command) {
      end = now();
      result = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
  }

  FILE *file = fopen(argv[1], "w");
  if (!file) return 3;
  fprintf(file, "{\"seconds\": %.6f, \"status\": %d, \"largest_kb\": %ld, \"tree_kb\": %ld}\n",
          end - start, result, largest, peak);
  return fclose(file) ? 3 : 0;
}
