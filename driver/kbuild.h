/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The stock build of a commit in one configuration, by the tree's own make.
 *
 * A configuration is a kconfig fragment with a head of "# Key: value" lines:
 *
 *	# Defconfig: x86_64_defconfig	what it is merged over
 *	# Targets: arch/x86/kvm/	make targets, by blanks
 *	# Make: LLVM=1			make arguments, by blanks
 *	# Optional: CONFIG_A CONFIG_B	symbols that a tree need not take
 *	# When: requested		only with --config NAME, or --config all
 *
 * It is merged with the tree's scripts/kconfig/merge_config.sh; a symbol of it
 * that the result does not have is an error.
 *
 * Where commits are verified without a series, a configuration may also be a
 * whole .config, or what one of make's goals gives and nothing else, and need not
 * name its targets.
 */
#ifndef DRIVER_KBUILD_H
#define DRIVER_KBUILD_H

#include "lib/error.h"
#include "lib/jobserver.h"
#include "lib/strv.h"
#include "verify/modules.h"

#define BUILD_CONFIG_ALL "all" /* as a name: each of the series */

struct build_config {
	char *name;	/* build_config_name(), or what make's goal is called */
	char *path;	/* of the fragment; NULL: there is none */
	char *defconfig; /* NULL: text is a whole .config */
	struct strv targets;
	char *text;	/* the file's bytes, for keys; "" without one */
	struct strv make_args; /* of "# Make:", NAME=VALUE each */
	bool on_request; /* only built when --config says so */
	struct strv optional; /* symbols of the fragment that a tree need not take */
	struct strv wanted; /* symbols that are to be m or y, if Kconfig takes that:
			       "CONFIG_KVM" */
};

/*
 * What a file's configuration is called: "kvm" of a/kvm.config, "b" of b/.config;
 * the caller frees.
 */
char *build_config_name(const char *path);

int build_config_load(const char *path, struct build_config *ret,
		      struct error *err);
/* As build_config_load(), but it may be a whole .config, and have no targets. */
int build_config_open(const char *path, struct build_config *ret,
		      struct error *err);

/* What a goal of make gives ("x86_64_defconfig"), without targets. */
void build_config_of_goal(const char *name, const char *goal,
			  struct build_config *ret);
void build_config_release(struct build_config *config);

struct kbuild {
	const char *src;	    /* source folder */
	const char *out;	    /* O= folder of this configuration */
	const struct build_config *config;
	const struct strv *make_args; /* CC=, LLVM=1, ...; may be empty */
	struct jobserver *jobserver; /* of all that is compiled; NULL: one at a time,
					and no bound for what make does not run */
};

/* A .c file that was compiled, from its .o.cmd file. */
struct compiled {
	char *source;	    /* path in the tree */
	char *object;	    /* path in the O= folder */
	struct strv command; /* the compiler's argv, to be run in the O= folder */
	struct strv objtool; /* objtool and its arguments, as kbuild runs it on this
			       object, or on the module that it is linked into;
			       without the object; empty: it does not */
	bool versioned;	    /* it exports symbols with a CRC (CONFIG_MODVERSIONS) */
	struct strv deps;   /* files it read: paths in the tree for files of the
			       tree, else as the compiler named them (generated) */
};

struct build_result {
	bool ok;
	struct strv warnings; /* sorted, line numbers and paths' prefixes removed; "(2)"
				 behind the second of an object that reads the same */
	char *log;	      /* the last 64 KiB of stderr, for the error message */
	struct compiled *units; /* every unit of the targets, sorted by source */
	size_t nr, alloc;
	size_t made;	      /* of these, compiled in this run of make */
	struct strv objects;  /* paths of the linked composite objects in out
				 (obj-m and obj-y: kvm.o, kvm-intel.o...), sorted */
	struct modules modules; /* what the tree's modpost says of the modules */
};

/* Configures the O= folder; does nothing when it is configured by the same fragment. */
int kbuild_configure(const struct kbuild *k, struct error *err);

/* Appends the optional symbols of the fragment that are otherwise in the O= folder. */
int kbuild_not_taken(const struct kbuild *k, struct strv *ret,
		     struct error *err);

/* Appends those of the symbols that a .config has not. */
int kbuild_symbols_off(const char *config, const struct strv *symbols,
		       struct strv *ret, struct error *err);

/*
 * Builds the targets. A build that fails is no error: ok is false and log says
 * why. -1 when make could not be run.
 */
int kbuild_build(const struct kbuild *k, struct build_result *ret,
		 struct error *err);
void build_result_release(struct build_result *result);

/*
 * Appends "NAME=value" for each variable of the environment that changes what
 * the tree's make builds: a part of every key of what it built.
 */
void kbuild_environment(struct strv *ret);

/* "gcc (Debian 12.2.0-14) 12.2.0": the compiler the build uses, first line of --version. */
int kbuild_compiler(const struct kbuild *k, char **ret, struct error *err);

#endif
