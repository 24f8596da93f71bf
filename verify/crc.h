/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Why the CRC of an export changed. With CONFIG_MODVERSIONS it is a checksum
 * over the export's declaration with every type in it written out, as the unit
 * that exports it sees them: genksyms writes a structure that this unit only
 * knows by name as "{ UNKNOWN }". So an export that moves to a file with fewer
 * includes gets another CRC though no type has changed.
 *
 * A *dump* is what "genksyms -T" writes for one unit: a line for each export
 * and each type that one of them leads to,
 *
 *	name word word...
 *
 * where the name of a type, and a word that stands for one, begins with a letter
 * and '#' ("s#kvm_vcpu"). In front of these are the lines that genksyms prints,
 * "#SYMVER name 0xcrc".
 */
#ifndef VERIFY_CRC_H
#define VERIFY_CRC_H

#include "lib/strv.h"

enum crc_change {
	CRC_UNKNOWN,	/* a dump is missing, or is not the one the CRC was made of */
	CRC_EQUAL,	/* all is spelled the same: the CRC must be, too */
	CRC_INCOMPLETE,	/* but for types that one side knows only by name */
	CRC_DIFFERENT,
};

/* One side's dumps, read. */
struct crc_dumps;

struct crc_dumps *crc_dumps_new(const struct strv *texts);
void crc_dumps_free(struct crc_dumps *dumps);

/*
 * Compares what the CRCs of an export were made of; the CRCs are "0x" and hex, as
 * in Module.symvers. ret gets, sorted, the types that one side knows only by name
 * (CRC_INCOMPLETE), or the first name whose expansion differs (CRC_DIFFERENT).
 */
enum crc_change crc_compare(struct crc_dumps *before, const char *before_crc,
			    struct crc_dumps *after, const char *after_crc,
			    const char *name, struct strv *ret);

#endif
