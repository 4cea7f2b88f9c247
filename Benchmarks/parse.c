/* The limit for a document: cmark-gfm's library reads it and drops it, with the extensions of GitHub.
 *
 *   parse FILE */
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <stdio.h>

int main(int argc, char **argv) {
  FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
  if (!file) return 2;
  const char *extensions[] = {"table", "strikethrough", "autolink", "tasklist"};
  cmark_gfm_core_extensions_ensure_registered();
  cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);
  for (int i = 0; i < 4; i++)
    cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(extensions[i]));
  static char buffer[1 << 16];
  for (size_t count; (count = fread(buffer, 1, sizeof buffer, file)) > 0;)
    cmark_parser_feed(parser, buffer, count);
  cmark_node_free(cmark_parser_finish(parser));
  cmark_parser_free(parser);
  return 0;
}
