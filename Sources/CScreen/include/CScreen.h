#ifndef CASEBOOK_SCREEN_H
#define CASEBOOK_SCREEN_H

#include <stddef.h>
#include <stdint.h>

// Takes one line of a screen: Unicode scalars, which are gone when the call returns.
typedef void (*casebook_line_taker)(void *context, const uint32_t *scalars, size_t count);

// Shows bytes on a terminal of this size, and gives every line that it then holds, from the first that scrolled away
// to the last that anything was written to.
//
// A line feed starts a new line at its beginning, as behind a terminal's driver. Returns 0 when there is no memory.
int casebook_show(
    const uint8_t *bytes, size_t size, int rows, int columns, casebook_line_taker take, void *context);

#endif
