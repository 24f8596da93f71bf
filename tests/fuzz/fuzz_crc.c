// SPDX-License-Identifier: GPL-2.0-only
/*
 * What genksyms might write. An input is a dump before, a line "====", and one
 * after; every export that the first has is compared, with the CRC that it
 * has there and with others.
 */
#include "fuzz.h"

#include "lib/strv.h"
#include "verify/crc.h"

static struct crc_dumps *read_dumps(const struct buf *text)
{
	_cleanup_(strv_release) struct strv texts = STRV_INIT;

	strv_add(&texts, text->data);
	return crc_dumps_new(&texts);
}

static void compare(const struct buf *before, const struct buf *after,
		    const char *name, const char *crc)
{
	struct crc_dumps *a = read_dumps(before), *b = read_dumps(after);
	struct strv found = STRV_INIT;
	enum crc_change change;

	change = crc_compare(a, crc, b, "0x00000002", name, &found);
	require(change <= CRC_DIFFERENT);
	require(change != CRC_INCOMPLETE || found.nr);
	strv_release(&found);
	change = crc_compare(a, crc, a, crc, name, &found);
	require(change == CRC_UNKNOWN || change == CRC_EQUAL);
	strv_release(&found);
	crc_dumps_free(a);
	crc_dumps_free(b);
}

/* The first exports that a dump says it is about. */
static void list_exports(const struct buf *text, struct strv *names,
			 struct strv *crcs)
{
	static const char word[] = "#SYMVER ";

	for (const char *at = text->data; names->nr < 4 &&
	     (at = strstr(at, word)); at++) {
		_cleanup_free_ char *line = xstrndup(at + strlen(word),
						     strcspn(at, "\n"));
		_cleanup_(strv_release) struct strv words = STRV_INIT;

		strv_split(&words, line, " \n");
		if (words.nr < 2)
			continue;
		strv_add(names, words.v[0]);
		strv_add(crcs, words.v[1]);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct strv names = STRV_INIT, crcs = STRV_INIT;
	struct buf parts[2];
	size_t nr = split_input(data, size, parts, 2);

	list_exports(&parts[0], &names, &crcs);
	for (size_t i = 0; i < names.nr; i++)
		compare(&parts[0], &parts[nr - 1], names.v[i], crcs.v[i]);
	compare(&parts[0], &parts[nr - 1], "f", "0x00000001");
	strv_release(&names);
	strv_release(&crcs);
	for (size_t i = 0; i < nr; i++)
		buf_release(&parts[i]);
	return 0;
}
