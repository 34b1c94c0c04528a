#define _GNU_SOURCE
#include "CNcurses.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

extern char **environ;

static const char paste_on[] = "\033[?2004h";
static const char paste_off[] = "\033[?2004l";

// Both are filled before any handler that reads them is installed, and never change after.
static struct termios shell_modes;
static char restore_sequence[512];

// MARK: Life

bool fathom_set_locale(void) {
    if (setlocale(LC_CTYPE, "") && strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return true;
    return setlocale(LC_CTYPE, "C.UTF-8") && strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

static void define_keys(void) {
    define_key("\033[200~", FATHOM_KEY_PASTE_BEGIN);
    define_key("\033[201~", FATHOM_KEY_PASTE_END);
    char sequence[16];
    for (int modifier = 2; modifier <= 8; modifier++) {
        for (int key = 0; key < 6; key++) {
            snprintf(sequence, sizeof sequence, "\033[1;%d%c", modifier, "ABCDHF"[key]);
            define_key(sequence, FATHOM_KEY_MODIFIED + 16 * modifier + key);
        }
        for (int key = 0; key < 4; key++) {
            snprintf(sequence, sizeof sequence, "\033[%c;%d~", "2356"[key], modifier);
            define_key(sequence, FATHOM_KEY_MODIFIED + 16 * modifier + 8 + key);
        }
    }
}

static void append_capability(const char *name) {
    const char *text = tigetstr((char *)name);
    if (text == NULL || text == (char *)-1) return;
    // Padding such as $<5> is for terminals that no longer exist: cut there.
    size_t length = strcspn(text, "$");
    size_t used = strlen(restore_sequence);
    if (used + length < sizeof restore_sequence) memcpy(restore_sequence + used, text, length);
}

static void prepare_restore_sequence(void) {
    strcpy(restore_sequence, paste_off);
    strcat(restore_sequence, "\033[?1000l\033[?1006l");
    append_capability("rmkx");
    append_capability("cnorm");
    append_capability("sgr0");
    append_capability("rmcup");
}

void fathom_send(const void *bytes, size_t length) {
    const char *rest = bytes;
    while (length > 0) {
        ssize_t written = write(STDOUT_FILENO, rest, length);
        if (written <= 0) return;
        rest += written;
        length -= (size_t)written;
    }
}

static void write_all(const char *text) { fathom_send(text, strlen(text)); }

static bool has_capability(const char *name) {
    const char *text = tigetstr((char *)name);
    return text != NULL && text != (char *)-1;
}

int fathom_start(void) {
    tcgetattr(STDIN_FILENO, &shell_modes);
    if (newterm(NULL, stdout, stdin) == NULL) return FATHOM_START_UNKNOWN;
    if (!has_capability("cup")) {
        endwin();
        return FATHOM_START_NO_CURSOR;
    }
    prepare_restore_sequence();
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    set_escdelay(25);
    leaveok(stdscr, FALSE);
    if (has_colors()) {
        start_color();
        use_default_colors();
    }
    define_keys();
    write_all(paste_on);
    return FATHOM_START_DONE;
}

void fathom_use_mouse(bool is_wanted) {
    mousemask(is_wanted ? BUTTON1_CLICKED | BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0, NULL);
    // It would keep clicks back to tell double ones.
    mouseinterval(0);
}

void fathom_suspend(void) {
    write_all(paste_off);
    endwin();
}

void fathom_resume(void) {
    // What was typed for whoever had the terminal, who did not read it, is meant for nobody here.
    flushinp();
    write_all(paste_on);
    clearok(stdscr, TRUE);
    refresh();
}

// MARK: Drawing

int fathom_colors(void) { return has_colors() ? COLORS : 0; }
int fathom_color_pairs(void) { return COLOR_PAIRS; }
bool fathom_has_direct_color(void) { return tigetflag("RGB") == 1 || COLORS > 0xFFFF; }

void fathom_define_pair(int pair, int foreground, int background) { init_extended_pair(pair, foreground, background); }

void fathom_put(int y, int x, const uint32_t *characters, int count, uint32_t attributes, int pair) {
    cchar_t cell;
    wchar_t text[CCHARW_MAX + 1] = {0};
    for (int index = 0; index < count && index < CCHARW_MAX; index++) text[index] = (wchar_t)characters[index];
    // ncurses takes pairs above 32767 through the last argument.
    setcchar(&cell, text, attributes, 0, &pair);
    mvadd_wch(y, x, &cell);
}

void fathom_place_cursor(bool is_visible, int y, int x) {
    curs_set(is_visible ? 1 : 0);
    move(y, x);
}

void fathom_update(void) {
    wnoutrefresh(stdscr);
    doupdate();
}

bool fathom_window_size(int *height, int *width) {
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return false;
    *height = size.ws_row;
    *width = size.ws_col;
    return true;
}

void fathom_resize(int height, int width) {
    resizeterm(height, width);
    clearok(stdscr, TRUE);
}

// MARK: Input

int fathom_read(uint32_t *code) {
    wint_t character = 0;
    switch (wget_wch(stdscr, &character)) {
    case OK:
        *code = (uint32_t)character;
        return FATHOM_READ_CHARACTER;
    case KEY_CODE_YES:
        *code = (uint32_t)character;
        return FATHOM_READ_KEY;
    default:
        return FATHOM_READ_NONE;
    }
}

bool fathom_read_mouse(fathom_mouse_event *event) {
    MEVENT read;
    if (getmouse(&read) != OK) return false;
    event->x = read.x;
    event->y = read.y;
    event->is_click = read.bstate & (BUTTON1_CLICKED | BUTTON1_PRESSED);
    event->scrolls_up = read.bstate & BUTTON4_PRESSED;
    event->scrolls_down = read.bstate & BUTTON5_PRESSED;
    return true;
}

// MARK: Signals

// Only what POSIX calls async-signal-safe: write, tcsetattr, sigaction, raise.
static void give_terminal_back(int number) {
    write_all(restore_sequence);
    tcsetattr(STDIN_FILENO, TCSANOW, &shell_modes);
    struct sigaction standard;
    memset(&standard, 0, sizeof standard);
    standard.sa_handler = SIG_DFL;
    sigaction(number, &standard, NULL);
    raise(number);
}

void fathom_restore_on_crash(void) {
    static char stack[64 * 1024];
    stack_t alternative = {.ss_sp = stack, .ss_size = sizeof stack};
    // A stack that overflowed can't run a handler.
    sigaltstack(&alternative, NULL);
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = give_terminal_back;
    action.sa_flags = SA_ONSTACK | SA_NODEFER;
    const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS, SIGQUIT};
    for (size_t index = 0; index < sizeof crashes / sizeof *crashes; index++) sigaction(crashes[index], &action, NULL);
}

void fathom_stop_process(void) { raise(SIGSTOP); }

// MARK: Children

int fathom_spawn(const char *program, char *const arguments[]) {
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t signals;
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes, &signals);
    sigfillset(&signals);
    posix_spawnattr_setsigdefault(&attributes, &signals);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    pid_t child = 0;
    int failure = posix_spawnp(&child, program, NULL, &attributes, arguments, environ);
    posix_spawnattr_destroy(&attributes);
    return failure == 0 ? child : 0;
}

int fathom_wait(int process) {
    int status = 0;
    while (waitpid(process, &status, 0) < 0) {
        if (errno != EINTR) return 127;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
