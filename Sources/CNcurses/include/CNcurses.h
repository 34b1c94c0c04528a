// What Swift can't reach of ncurses: its globals, macros and wide-character structures. Every function names one thing.

#ifndef FATHOM_CNCURSES_H
#define FATHOM_CNCURSES_H

#define NCURSES_WIDECHAR 1
#include <ncursesw/curses.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Codes given to keys that ncurses has no names for; see fathom_define_keys.
enum {
    FATHOM_KEY_PASTE_BEGIN = 0x4000,
    FATHOM_KEY_PASTE_END = 0x4001,
    // + 16 * xterm's modifier (2 ... 8) + place of the key in "ABCDHF" or, from 8 on, in "2356".
    FATHOM_KEY_MODIFIED = 0x5000,
};

/// Whether the terminal takes UTF-8: sets the locale, C.UTF-8 where the environment names none with UTF-8.
bool fathom_set_locale(void);

enum {
    FATHOM_START_DONE,
    /// The terminal's type is unknown.
    FATHOM_START_UNKNOWN,
    /// The terminal can't put its cursor anywhere.
    FATHOM_START_NO_CURSOR,
};

/// Takes the terminal over. One of FATHOM_START_….
int fathom_start(void);

/// Whether the terminal tells of clicks and the wheel.
void fathom_use_mouse(bool is_wanted);

/// Gives the terminal back for good, or until fathom_resume.
void fathom_suspend(void);

// Sends bytes past the screen: what asks the terminal for something else than drawing.
void fathom_send(const void *bytes, size_t length);
void fathom_resume(void);

/// 0 without colours; more than 256 where colours are given as RGB.
int fathom_colors(void);
int fathom_color_pairs(void);
bool fathom_has_direct_color(void);

/// Colours below 0 are the terminal's own.
void fathom_define_pair(int pair, int foreground, int background);

/// Puts one character with the combining marks on it; attributes are ncurses's.
void fathom_put(int y, int x, const uint32_t *characters, int count, uint32_t attributes, int pair);
void fathom_place_cursor(bool is_visible, int y, int x);
void fathom_update(void);

/// The terminal's present size, asked of the kernel. False when there is no terminal.
bool fathom_window_size(int *height, int *width);
void fathom_resize(int height, int width);

enum { FATHOM_READ_NONE, FATHOM_READ_CHARACTER, FATHOM_READ_KEY };

/// Reads a character or a key code without waiting.
int fathom_read(uint32_t *code);

typedef struct {
    int x, y;
    bool is_click, scrolls_up, scrolls_down;
} fathom_mouse_event;

bool fathom_read_mouse(fathom_mouse_event *event);

/// From now on a crash gives the terminal back before it ends the process.
void fathom_restore_on_crash(void);

/// Stops this process until it is continued, as Ctrl-Z does.
void fathom_stop_process(void);

/// Starts a program on the terminal with default signal handling. Returns its process id, or 0 where it can't be started.
int fathom_spawn(const char *program, char *const arguments[]);

/// Waits for a child and returns its exit status; 128 and the signal's number where a signal ended it.
int fathom_wait(int process);

#endif
