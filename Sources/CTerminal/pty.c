#include "CTerminal.h"
int casebook_stub(void) { return 1; }
