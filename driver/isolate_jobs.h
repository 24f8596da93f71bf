/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One call of isolate() as its parts see it: the units at hand, what is known
 * about the files they read, and the processes that run at the moment.
 */
#ifndef DRIVER_ISOLATE_JOBS_H
#define DRIVER_ISOLATE_JOBS_H

#include "isolate_internal.h"
#include "lib/hash.h"
#include "matter.h"

/* A file that some unit read. */
struct isolate_dep {
	char *path; /* as in struct compiled */
	char *hash; /* of its contents */
	UT_hash_handle hh;
};

struct isolate_job {
	const struct compiled *unit;
	struct isolated out;	 /* what the caller gets */
	struct store_key inputs; /* what the preprocessed text was made of */
	char *code;		 /* key of what of the tokens matters to the code */
	struct strv forced;	 /* names to force inline in this unit */
	struct store_key object; /* what the object is kept under */
	struct store_key ir;	 /* what the IR is kept under */
	struct store_key tables; /* the same for the object with tables */
	struct store_key symtypes; /* what the dump of types is kept under */
	struct buf input;	 /* what genksyms reads */
	char *temporary;	 /* what the compiler writes; moved when it is whole */
	char *counted;		 /* forced units: text to compile; else NULL */
};

struct isolate_run {
	const struct isolation *iso;
	struct kbuild_roots roots;
	struct statcache hashes;   /* contents of files, across runs */
	struct isolate_dep *deps;  /* contents of files, in this run */
	struct isolate_dep *asking; /* those of which clang may see other tokens */
	char *compiler;		   /* isolate_identify() */
	char *clang;		   /* the same of the one that makes the IR */
	struct strv rejected;	   /* kbuild's flags that it does not take */
	struct builtins builtins;  /* of that compiler */
	struct strv flags;	   /* ours, as far as the compiler takes them */
	struct isolate_job *jobs;
	size_t nr_jobs;
	struct process *processes; /* room for one a job */
	struct isolate_job **running; /* the job of each process */
	size_t nr_processes;
	struct isolation_stats *stats;
	struct error *err;	   /* the caller's */
	bool failed;		   /* a callback filled err */
};

/* Preprocessed texts and their keys, for all jobs. */
int isolate_texts(struct isolate_run *run);

/* Objects, for all jobs; what does not compile has a reason instead. */
int isolate_objects(struct isolate_run *run);

/* IR, for all jobs, if there is a clang to make it. */
int isolate_ir(struct isolate_run *run, const struct build_result *build);

/* What objtool adds to the objects, for all jobs whose unit has it. */
int isolate_tables(struct isolate_run *run);

/* Dumps of types, for all jobs whose unit has exports with CRCs. */
int isolate_symtypes(struct isolate_run *run);

/*
 * Adds a process: the unit's command for this use, the words, the job's temporary
 * file (so the words end in -o), and the source (NULL: the unit's own).
 */
void isolate_start(struct isolate_run *run, struct isolate_job *job,
		   enum isolate_use use, const char *const *words,
		   const char *source);

/* As isolate_start() with a command that is the caller's. */
void isolate_start_command(struct isolate_run *run, struct isolate_job *job,
			   const struct isolate_command *command,
			   const char *const *words, const char *source);

/* The compiler's own words: its first error, not the last line; paths in the tree. */
char *isolate_first_error(const struct isolate_run *run,
			  const struct process *p);

/* Where a path that kbuild_path() made relative is: tree or O= folder. */
char *isolate_locate(const struct isolate_run *run, const char *path);

/* Runs what was started; on_exit's data is the run. Temporary files are removed. */
int isolate_wait(struct isolate_run *run,
		 void (*on_exit)(struct process *p, void *data));

/*
 * The key of what the stock build's compiler goes by, "" when the text does not
 * say it all: said is what the preprocessor wrote to stderr.
 */
int isolate_sight(struct isolate_run *run, const struct isolate_job *job,
		  const struct buf *text, const struct buf *said,
		  struct words *words, struct store_key *ret);

/* For callbacks that have filled run->err. */
void isolate_fail(struct isolate_run *run);

/* For callbacks: false, and the run has failed, when machine_check() says so. */
bool isolate_answered(struct isolate_run *run, const struct isolate_job *job,
		      const struct process *p);

/* Copies preprocessed text with the paths of line markers made paths in the tree. */
void isolate_tree_markers(const struct kbuild_roots *roots,
			  const struct buf *text, struct buf *ret);

#endif
