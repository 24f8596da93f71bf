/* SPDX-License-Identifier: GPL-2.0-only */
/* The tables of a kernel object: how their sections divide into entries. */
#ifndef VERIFY_TABLES_H
#define VERIFY_TABLES_H

#include "side.h"

/* The kind of table that a section of this name is; NULL. */
const struct table *table_of(const struct section *section);

/* What an entry is called: "exception". */
const char *table_word(const struct table *table);

/* Cuts part->table into entries; -1 when its contents have no shape we know. */
int table_cut(struct part *part);

/* Finds what each entry is about, once refs lead somewhere. */
void table_tie(struct part *part);

/* Then for entries that are about nameless contents: who leads there. */
void table_tie_nameless(struct part *part);

/* Where in the entry the source's line stands (two bytes); 0: nowhere. */
uint64_t table_line_field(const struct atom *entry);

/* True when entries are called in the order in which they stand. */
bool table_is_ordered(const struct table *table);

/* The versions that a module wants: a symbol covers them all, and is none's name. */
bool table_is_versions(const struct table *table);

/* Adds to the entries that are about an atom. */
void table_add_entry(struct atom *to, struct atom *entry);

/* orc.c: .orc_unwind, whose entries are about what those of another part are. */
bool table_is_parallel(const struct table *table);
struct part *orc_places(struct part *part);
/* Before entries are tied, once refs lead somewhere. */
void orc_prepare(struct part *part);

/* frames.c: .eh_frame, whose entries have lengths of their own. */
int frames_cut(struct part *part);
void frames_refs(struct part *part);
bool table_is_frames(const struct table *table);

#endif
