/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Inside of the tokens rung: preprocessed units as arrays of numbers. Every
 * spelling has one number in a pool that all units share, so that comparing
 * definitions is comparing arrays, and looking up a name is an index. Only
 * verify/tokens*.c include this.
 *
 *	tokens_pool.c	 spellings to numbers
 *	tokens_unit.c	 a unit read, split into its external declarations
 *	tokens_walk.c	 which names a declaration declares
 *	tokens_body.c	 ... and to which names code refers
 *	tokens_names.c	 the names of a unit, indexed
 *	tokens_attributes.c what says nothing to a caller
 *	tokens_allow.c	 what the contract lets a name do
 *	tokens_compare.c is a name declared by the same tokens in two units?
 *	tokens_resolve.c does all that a definition reaches mean the same?
 *	tokens_entity.c	 what a step renames
 *	tokens_rename.c	 that gets one number on both sides
 *	tokens_extract.c what a helper may not be
 *	tokens_report.c	 findings
 *	tokens.c	 the definitions of all units, conserved
 */
#ifndef VERIFY_TOKENS_H
#define VERIFY_TOKENS_H

#include <stdint.h>

#include "lib/lex.h"
#include "verify.h"

typedef uint32_t sym; /* the number of a spelling; 0 is none */

/* ---- tokens_pool.c ---- */

/* What a word of the language is to the walker. */
enum word_class {
	WORD_PLAIN,	/* not a word of the language: a name, or no identifier */
	WORD_STORAGE,	/* static, extern, inline... */
	WORD_QUALIFIER, /* const, volatile... */
	WORD_TYPE,	/* int, void, _Bool... */
	WORD_TAG,	/* struct, union, enum */
	WORD_TYPEOF,
	WORD_ATTRIBUTE,
	WORD_ASM,
	WORD_STATEMENT, /* if, for, return... */
	WORD_OTHER,	/* sizeof, _Static_assert, else... */
};

/* Spellings that the code asks for by number. */
enum {
	S_NONE, S_STATIC, S_EXTERN, S_REGISTER, S_TYPEDEF, S_INLINE, S_INLINE2, S_INLINE3,
	S_CONST, S_STRUCT, S_UNION, S_ENUM, S_TYPEOF, S_TYPEOF2, S_TYPEOF3,
	S_ATTRIBUTE, S_ATTRIBUTE2, S_ASM, S_ASM2, S_ASM3, S_ASSERT, S_EXTENSION,
	S_LABEL, S_OFFSETOF, S_IF, S_ELSE, S_FOR, S_WHILE, S_DO, S_SWITCH, S_CASE,
	S_DEFAULT, S_GOTO, S_RETURN, S_ALIGNAS, S_OPEN, S_CLOSE, S_OPEN_BRACE,
	S_CLOSE_BRACE, S_OPEN_INDEX, S_CLOSE_INDEX, S_SEMICOLON, S_COMMA, S_COLON,
	S_ASSIGN, S_STAR, S_DOT, S_ARROW, S_AND_AND, S_ELLIPSIS, S_QUESTION,
	S_NR,
};

struct pool_entry; /* a spelling, in tokens_pool.c */

struct pool {
	struct pool_entry *table; /* by spelling */
	struct pool_entry **v;	  /* by number */
	size_t nr, alloc;
	struct sym_info *info;	  /* by number */
	sym single[256];	  /* of spellings of one byte; 0: not there yet */
};

struct sym_info {
	unsigned char kind;  /* enum token_kind */
	unsigned char class; /* enum word_class */
};

void pool_init(struct pool *pool);
void pool_release(struct pool *pool);
sym pool_add(struct pool *pool, const char *text, size_t len,
	     enum token_kind kind);
/* The number of a spelling that is there; 0 if it is not. */
sym pool_find(const struct pool *pool, const char *text);
const char *pool_text(const struct pool *pool, sym s);

/* A name: an identifier that is no word of the language. */
static inline bool sym_is_name(const struct pool *pool, sym s)
{
	return pool->info[s].kind == TOKEN_IDENT &&
	       pool->info[s].class == WORD_PLAIN;
}

/* ---- tokens_unit.c ---- */

enum def_kind {
	DEF_FUNCTION,	 /* with a body */
	DEF_DECLARATION, /* prototypes, variables, types: see its names */
	DEF_ASM,
	DEF_ASSERT,	 /* _Static_assert */
	DEF_PRAGMA,
	DEF_EMPTY,	 /* a lone semicolon */
	DEF_UNKNOWN,
};

enum origin {
	ORIGIN_OWN,	/* the unit's source */
	ORIGIN_TOUCHED,	/* another file that the step touches */
	ORIGIN_HEADER,
};

/* An external declaration, C11 6.9: positions are indices of unit.v. */
struct def {
	enum def_kind kind;
	enum origin origin;
	uint32_t begin, end;
	uint32_t body;	  /* '{' of a function; 0 */
	uint32_t file;	  /* index in unit.files */
	sym name;	  /* the first name it defines or declares; 0 */
	bool defines;	  /* it makes code, data or what is emitted with them */
	bool is_static, is_inline, is_extern, is_typedef;
	bool copy;	  /* a static that a header gives to all who include it */
	bool matched;	  /* conserved: see tokens.c */
};

enum role {
	ROLE_FUNCTION, ROLE_PROTOTYPE, ROLE_VARIABLE, ROLE_EXTERN, ROLE_TYPEDEF,
	ROLE_ENUMERATOR, ROLE_TAG, /* a struct, union or enum with its members */
	ROLE_UNKNOWN, /* stands in something that could not be parsed */
};

/* One declaration of a name in a unit. */
struct bind {
	sym name;
	enum role role;
	uint32_t def;	     /* index in unit.defs */
	uint32_t begin, end; /* a tag: of its struct ... { }; else of the def */
	uint32_t at;	     /* where the name itself stands */
	uint32_t next;	     /* next declaration of this name; 0: none */
};

struct token_unit {
	const struct unit *unit;
	struct pool *pool;
	sym *v;		  /* the code tokens, and pragmas */
	uint32_t *lines;  /* of each token, in its file */
	size_t nr;
	char **files;	  /* owned: paths, tree prefix taken off */
	unsigned char *origins; /* of each file */
	size_t nr_files, alloc_files;
	struct def *defs;
	size_t nr_defs, alloc_defs;
	struct bind *binds; /* [0] is not used */
	size_t nr_binds, alloc_binds;
	uint32_t *heads[2]; /* by name space and name: first bind; 0: none */
	size_t nr_heads;
};

enum name_space { SPACE_ORDINARY, SPACE_TAG };

int token_unit_load(const struct unit *unit, const struct state *state,
		    struct pool *pool, struct token_unit **ret,
		    struct error *err);
void token_unit_free(struct token_unit *u);

/* ---- tokens_walk.c, tokens_body.c ---- */

/* What the walker tells; each may be NULL. at, begin, end are indices of v. */
struct walk_ops {
	void (*declares)(void *ctx, sym name, enum role role, size_t at,
			 size_t begin, size_t end);
	void (*refers)(void *ctx, sym name, enum name_space space, size_t at);
	void (*parameter)(void *ctx, size_t at);
};

/*
 * Walks the tokens of one def up to 'end', which may leave out its body or
 * initialiser. False when they are not a declaration as we know it; names not
 * told until then have all been told as referred to.
 */
bool walk_def(const struct token_unit *u, const struct def *def, size_t end,
	      const struct walk_ops *ops, void *ctx);

/* ---- tokens_names.c ---- */

void token_unit_index(struct token_unit *u);
/* Once more, when names in u->v have become others. */
void token_unit_reindex(struct token_unit *u);
/* First declaration of a name; NULL. bind_next() goes on. */
const struct bind *bind_first(const struct token_unit *u, sym name,
			      enum name_space space);
const struct bind *bind_next(const struct token_unit *u,
			     const struct bind *bind);
bool unit_has_typedef(const struct token_unit *u, sym name);

/* ---- tokens_attributes.c ---- */

/* Behind the attribute at i that a caller does not see; else i. */
size_t attribute_of_inline(const struct token_unit *u, size_t i, size_t end);
size_t attribute_of_definition(const struct token_unit *u, size_t i,
			       size_t end);
/*
 * True when all declarations of what both units define give the definition the
 * same attributes: noinline on a forward declaration counts.
 */
bool same_promises(const struct token_unit *u, const struct bind *a,
		   const struct token_unit *w, const struct bind *b);

/* ---- tokens_compare.c ---- */

struct token_check {
	const struct contract *contract;
	const struct state *before, *after;
	struct pool pool;
	sym *names; /* the contract's names by number; 0 where no unit has it */
	unsigned char *allowed; /* owned, by number: bits of enum allowed */
	size_t nr_allowed;
	bool incomplete; /* a unit could not be read: what is lost may be there */
	struct token_rename *renames; /* owned: those of the contract */
	unsigned char *holds;	      /* owned, by number: see tokens_entity.c */
	size_t nr_holds;
	struct outcome *out;
};

/* What the contract lets a name do: contract.h, asked once for each name. */
enum allowed {
	ALLOW_NAMED = 1 << 0,	 /* it is one of the contract's names */
	ALLOW_PROMOTED = 1 << 1,
	ALLOW_INLINED = 1 << 2,
	ALLOW_OTHER = 1 << 3,	 /* other code: residue */
	ALLOW_SHIFTED = 1 << 4,	 /* other files see it, or another one has it */
};

/* The number of a name, which no unit need hold. */
sym token_number(struct token_check *check, const char *name);
/* Once all names of the contract have numbers, and before any unit is read. */
void token_allow(struct token_check *check);
unsigned int token_allowed(const struct token_check *check, sym name);
bool token_is_named(const struct token_check *check, sym name);
/* A transform or an extraction may change it: it names it, or names nothing. */
bool token_is_residue(const struct token_check *check, sym name);
/* Its linkage may differ: static gone, or inline come. */
bool token_is_promoted(const struct token_check *check, sym name);
bool token_is_inlined(const struct token_check *check, sym name);
bool token_is_shifted(const struct token_check *check, sym name);
/* True when the def, which has this name, is what was shifted so. */
bool token_is_entity(const struct shifted *shifted, const char *name);

/* The tokens of a def one by one, what the contract lets differ left out. */
struct cursor {
	const struct token_unit *u;
	size_t i, end;
	size_t declarator; /* static and inline are left out before this */
	bool skip_static, skip_inline;
};

struct cursor cursor_new(const struct token_check *check,
			 const struct token_unit *u, const struct def *def);
/* Index of the next token, and one on; end behind the last. */
size_t cursor_next(struct cursor *c);

/* Where the body or the initialiser begins, or the semicolon stands. */
size_t def_head_end(const struct token_unit *u, const struct def *def);
/* A number that is equal for defs that do not differ. */
uint64_t def_hash(const struct token_check *check, const struct token_unit *u,
		  const struct def *def);
/* True when tokens differ; the first that do, or the ends, are returned. */
bool defs_differ(const struct token_check *check, const struct token_unit *u,
		 const struct def *a, const struct token_unit *w,
		 const struct def *b, size_t *ret_a, size_t *ret_b);

/* How a name is declared otherwise in unit w than in unit u. */
struct difference {
	const char *why; /* NULL: it is not */
	enum result weight;
	const struct token_unit *u; /* where it is declared so */
	size_t at;
	bool definition; /* both sides define it, by other tokens */
};

struct difference name_difference(const struct token_check *check,
				  const struct token_unit *u,
				  const struct token_unit *w, sym name,
				  enum name_space space);
/*
 * True when two declarations of a function or variable say the same, their
 * declarators type for type: parameter names, extern, and attributes that
 * concern only a definition are left out.
 */
bool same_signature(const struct token_check *check,
		    const struct token_unit *u, const struct bind *a,
		    const struct token_unit *w, const struct bind *b);

/* ---- tokens_resolve.c ---- */

/* What has been visited in one pair of units. */
struct resolve;

struct resolve *resolve_new(struct token_check *check,
			    const struct token_unit *before,
			    const struct token_unit *after);
void resolve_free(struct resolve *r);
/*
 * Follows all that a def of the after unit refers to, and reports what is
 * declared otherwise there than in the before unit. Each name once.
 */
void resolve_def(struct resolve *r, const struct def *def);
/* False when no def that both units share can reach a difference. */
bool resolve_needed(const struct token_check *check,
		    const struct token_unit *before,
		    const struct token_unit *after);

/* ---- tokens_entity.c, tokens_rename.c ---- */

/* Reads what the contract renames; before any unit is loaded. */
void renames_number(struct token_check *check);
void renames_release(struct token_check *check);
/* True when the unit's text holds a renamed name: equal keys then prove nothing. */
bool renames_concern(const struct token_check *check, const struct unit *unit);
/*
 * Gives each token that means what is renamed the number of "old=>new": old
 * ones in a unit before, new ones in a unit after. Either may be NULL. What
 * cannot be told is reported, and so are a new name that was taken and an old
 * one that is still used.
 */
void renames_apply(struct token_check *check, struct token_unit *before,
		   struct token_unit *after);

/* ---- tokens_extract.c ---- */

/* All attributes of the declarations of a name, sorted. Appended. */
void attributes_read(const struct token_unit *u, sym name, struct strv *ret);

/* Reports what a helper that is not inlined would do otherwise than its callers. */
void extract_check(struct token_check *check, const struct token_unit *after);

/* ---- tokens_report.c ---- */

/* A finding about token 'at' of a unit, with what stands there as excerpt. */
struct finding *token_report(struct token_check *check, enum result weight,
			     const char *what, const char *name,
			     const struct token_unit *u, size_t at,
			     const char *detail, ...) __printf(7, 8);
const char *def_what(const struct def *def);
const char *def_name(const struct token_unit *u, const struct def *def);

#endif
