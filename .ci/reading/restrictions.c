/* Reads feeds with libical: no error in them, and nothing that RFC 5546 forbids. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

int main(int count, char **paths) {
  for (int i = 1; i < count; i++) {
    FILE *file = fopen(paths[i], "rb");
    if (!file) return 2;
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = calloc(size + 1, 1);
    if (fread(text, 1, size, file) != (size_t)size) return 2;
    fclose(file);
    icalcomponent *calendar = icalparser_parse_string(text);
    int sound = calendar && icalcomponent_is_valid(calendar) && icalrestriction_check(calendar);
    int errors = calendar ? icalcomponent_count_errors(calendar) : -1;
    int events = calendar ? icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT) : 0;
    if (!sound || errors != 0 || events == 0) {
      fprintf(stderr, "%s: sound %d, %d errors, %d events\n%s\n", paths[i], sound, errors, events, calendar ? icalcomponent_as_ical_string(calendar) : "");
      return 1;
    }
    printf("   %d events\n", events);
  }
  return 0;
}
