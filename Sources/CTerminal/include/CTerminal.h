#pragma once
int casebook_stub(void);
