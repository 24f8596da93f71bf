/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the files behind kind_rename.c share, in the order in which a rename
 * runs through them:
 *
 *	kind_rename.c	gathers the files that hold a name, and goes on from there
 *	rename_entity.c	what the old name is in the file that defines it, and what
 *			it (and the new one) is in every other file
 *	rename_judge.c	which hits mean the entity
 *	rename_taken.c	whether the new name is free, and what would capture it
 *	rename_spatch.c	spatch's own view of the rules, held against that
 *	rename_write.c	the new texts and the report
 *
 * An *entity* is what an old name means in the step's file. All hits are judged
 * before a byte is changed.
 */
#ifndef DRIVER_RENAME_H
#define DRIVER_RENAME_H

#include "hits.h"
#include "kind.h"
#include "paste.h"

/* What a name is at the top level of a file, in one namespace. */
enum standing {
	STANDS_NOT,
	STANDS_DECLARED, /* a declaration, also with stubs in other branches */
	STANDS_DEFINED,  /* a definition that other files can mean */
	STANDS_PRIVATE,  /* of a .c file's own: static, or its macro or type */
};

struct stand {
	enum standing standing;
	unsigned int line; /* of the item that decides */
	bool weak;	   /* a __weak definition: others of the name replace it */
	bool made;	   /* by a macro, which may make another name of it */
	size_t offset;	   /* of its name there */
};

struct entity {
	const char *old, *new;
	enum item_kind kind; /* of its definition, else of its declaration */
	bool tag;	     /* in the namespace of struct, union and enum */
	bool local;	     /* only its file, and files that are one with it by
				#include, can mean it */
	bool defined;	     /* not only declared */
	bool weak;
	size_t offset;	     /* of its name there */
	unsigned int line;
	bool ambiguous;	     /* the name means something else, too, somewhere */
};

/* What there is of an entity in one file. */
struct mention {
	struct hits hits;   /* of the old name */
	bool *renamed;	    /* owned; one per hit */
	struct hits taken;  /* of the new name */
	struct stand old, new;
	unsigned int doubtful; /* line: the name stands where the file's private
				  definition of it may not be compiled; 0 */
	bool in_scope;	    /* code here can mean the entity */
	size_t nr_code;	    /* hits in code that are renamed */
	bool mixed;	    /* other hits in code are left alone */
};

struct renamed_file {
	struct edit *edit; /* owned by the edits; its data is as it was */
	enum file_kind kind;
	bool is_from;
	bool includes_from; /* by an #include line of its own */
	bool included;	    /* by one of the step's file */
	struct mention *of; /* owned; one per entity */
};

struct renaming {
	const struct job *job;
	struct source from;
	struct entity *v;	    /* owned; one per pair of the step */
	size_t nr;
	struct renamed_file *files; /* owned; all that hold one of the names */
	size_t nr_files;
	struct paste_files macros;  /* where macros' definitions are looked for */
};

/* Fills the entities; drift for what the file does not define once. */
void rename_find(struct renaming *r);

/* What the name is in the items of a file. macros: they count with a tag, too. */
struct stand stand_of(const struct items *items, const char *path,
		      const char *name, bool tag, bool macros);

/*
 * The line of the first hit outside of the conditional that the definition at
 * stand->offset is in; 0: there is none.
 */
unsigned int outside_of(const struct items *items, const struct stand *stand,
			const struct hits *hits);

/* True when an #include line names the path, by its last parts. */
bool includes_path(const struct items *items, const char *path);

/* "arch/x86", "tools": files of unlike worlds are not linked; "" the rest. */
char *world_of(const char *path);

/* Files of these two worlds may each have a definition of the name. */
bool worlds_differ(const char *a, const char *b);

/* A world of programs, not of the kernel. */
bool world_is_apart(const char *world);

/* Judges each hit of each file: its 'renamed'. Drift for what cannot be. */
void rename_judge(struct renaming *r);

/* Drift where the new name is taken or would be captured. */
void rename_check_taken(struct renaming *r);

/* Runs the rules and holds them against what was judged. */
int rename_ask_spatch(struct renaming *r, struct error *err);

/* Changes the edits and fills the report. */
void rename_write(struct renaming *r);

#endif
