/* The limit for a cell: one bare bash that is fed over a pipe, one full round trip for each cell.
 *
 *   coprocess CELLS      every line of the file is a cell */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv) {
  int to_shell[2], from_shell[2];
  if (argc != 2 || pipe(to_shell) || pipe(from_shell)) return 2;
  FILE *cells = fopen(argv[1], "r");
  if (!cells) return 2;

  pid_t shell = fork();
  if (shell == 0) {
    dup2(to_shell[0], 0);
    dup2(from_shell[1], 1);
    close(to_shell[1]);
    close(from_shell[0]);
    execlp("bash", "bash", "--norc", "--noprofile", "-s", (char *)NULL);
    _exit(127);
  }
  close(to_shell[0]);
  close(from_shell[1]);

  FILE *output = fdopen(from_shell[0], "r");
  char *line = NULL;
  size_t room = 0;
  while (getline(&line, &room, cells) > 0) {
    /* The mark says that the cell has ended, and how. */
    dprintf(to_shell[1], "%sprintf '\\036%%d\\n' $?\n", line);
    while (getline(&line, &room, output) > 0 && line[0] != '\036') fputs(line, stdout);
  }
  close(to_shell[1]);
  int status;
  return waitpid(shell, &status, 0) == shell && status == 0 ? 0 : 1;
}
