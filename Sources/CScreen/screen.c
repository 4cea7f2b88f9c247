#include "CScreen.h"

#include <stdlib.h>
#include <string.h>
#include <vterm.h>

struct screen {
    casebook_line_taker take;
    void *context;
    uint32_t *scalars;
    int cursor_row, cursor_column;
};

// The cell behind a wide character holds nothing of its own.
static const uint32_t behind_wide = (uint32_t)-1;

static void take_row(struct screen *screen, const VTermScreenCell *cells, int columns) {
    size_t count = 0, used = 0;
    for (int column = 0; column < columns; column++) {
        const uint32_t *chars = cells[column].chars;
        if (chars[0] == behind_wide) continue;
        if (chars[0] == 0) {
            screen->scalars[count++] = ' ';
            continue;
        }
        for (int index = 0; index < VTERM_MAX_CHARS_PER_CELL && chars[index] != 0; index++) {
            screen->scalars[count++] = chars[index];
        }
        used = count;
    }
    // What was never written to, or erased, is not there.
    screen->take(screen->context, screen->scalars, used);
}

static int push_line(int columns, const VTermScreenCell *cells, void *user) {
    take_row(user, cells, columns);
    return 1;
}

static int move_cursor(VTermPos position, VTermPos before, int is_visible, void *user) {
    (void)before, (void)is_visible;
    struct screen *screen = user;
    screen->cursor_row = position.row;
    screen->cursor_column = position.col;
    return 1;
}

static int read_row(VTermScreen *screen, int row, int columns, VTermScreenCell *cells) {
    int is_used = 0;
    for (int column = 0; column < columns; column++) {
        vterm_screen_get_cell(screen, (VTermPos){.row = row, .col = column}, &cells[column]);
        if (cells[column].chars[0] != 0) is_used = 1;
    }
    return is_used;
}

static void write_lines(VTerm *terminal, const uint8_t *bytes, size_t size) {
    size_t start = 0;
    while (start < size) {
        const uint8_t *end = memchr(bytes + start, '\n', size - start);
        size_t stop = end == NULL ? size : (size_t)(end - bytes);
        vterm_input_write(terminal, (const char *)bytes + start, stop - start);
        if (end != NULL) vterm_input_write(terminal, "\r\n", 2);
        start = stop + (end != NULL);
    }
}

int casebook_show(
    const uint8_t *bytes, size_t size, int rows, int columns, casebook_line_taker take, void *context) {
    struct screen user = {.take = take, .context = context};
    VTerm *terminal = vterm_new(rows, columns);
    VTermScreenCell *cells = calloc((size_t)columns, sizeof *cells);
    user.scalars = calloc((size_t)columns * VTERM_MAX_CHARS_PER_CELL, sizeof *user.scalars);
    int is_done = terminal != NULL && cells != NULL && user.scalars != NULL;
    if (is_done) {
        static const VTermScreenCallbacks callbacks = {.sb_pushline = push_line, .movecursor = move_cursor};
        vterm_set_utf8(terminal, 1);
        VTermScreen *screen = vterm_obtain_screen(terminal);
        vterm_screen_set_callbacks(screen, &callbacks, &user);
        vterm_screen_set_damage_merge(screen, VTERM_DAMAGE_SCROLL);
        vterm_screen_enable_altscreen(screen, 1);
        vterm_screen_reset(screen, 1);
        write_lines(terminal, bytes, size);
        vterm_screen_flush_damage(screen);
        int last = user.cursor_row + (user.cursor_column > 0 ? 1 : 0);
        for (int row = rows - 1; row >= last; row--) {
            if (read_row(screen, row, columns, cells)) last = row + 1;
        }
        for (int row = 0; row < last; row++) {
            read_row(screen, row, columns, cells);
            take_row(&user, cells, columns);
        }
    }
    free(user.scalars);
    free(cells);
    if (terminal != NULL) vterm_free(terminal);
    return is_done;
}
