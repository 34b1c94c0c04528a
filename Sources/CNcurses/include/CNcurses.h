#ifndef FATHOM_CNCURSES_H
#define FATHOM_CNCURSES_H

#define NCURSES_WIDECHAR 1
#include <ncursesw/curses.h>

#endif
