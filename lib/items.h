/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The top-level items of a C file: definitions, declarations, macro
 * definitions, conditionals, includes, comments, and lines that are macro
 * calls. Items cover every byte of the file without gap or overlap, so a file
 * is the concatenation of its items, and moving code is moving items.
 *
 * An item owns:
 *  - its leading comment: comments directly above it, no blank line between
 *    the comment and the item. A comment followed by a blank line is an item of
 *    its own; so is the file's first comment (the licence), always, and the
 *    comments that follow it without a blank line (the banner) where the next
 *    thing is a directive;
 *  - its code, from the first token (attributes and storage class included) to
 *    the closing brace or semicolon, and what stands behind it on that line
 *    (a comment);
 *  - its ending newline, and the blank lines that follow it. Where the next
 *    item stands on the same line, it ends before that.
 *
 * Directives inside a declaration belong to that item. A conditional that opens
 * between items is ITEM_CONDITIONAL (#if, #else, #endif each one item) and is
 * the context of the items it encloses. A definition whose braces are split over
 * #if/#else branches is one item that spans the directives, marked split (not
 * so when all branches inside its body open the same blocks); one that begins
 * inside of a conditional and ends behind its #endif begins at the #if, with
 * that one's leading comment, and all that was in the conditional is part of
 * it. Text inside "#if 0" is split into items like any other, but never
 * reaches out of it.
 *
 * EXPORT_SYMBOL lines and other lines that name the definition above them
 * (EXPORT_SYMBOL_GPL(f), EXPORT_STATIC_CALL_GPL(f), ALLOW_ERROR_INJECTION(f, ..),
 * NOKPROBE_SYMBOL(f), early_param("x", f), module_init(f)) are ITEM_EXPORT with
 * owner set to the index of that definition when it stands in the same file.
 * A line is tied by its *argument* naming a definition, never by adjacency alone;
 * of several definitions of that name, it is tied to the one before it.
 *
 * A macro call without a semicolon ends with its line when the next line, not
 * further in than the call, goes on as no declarator can.
 *
 * What the lexer cannot make out is ITEM_UNKNOWN and ends at the next
 * plausible border (a line that starts at column 0 behind balanced braces): it
 * is listed, never guessed. In preprocessed text that compiles nothing is
 * UNKNOWN; lone ';' (ITEM_EMPTY) and _Static_assert (ITEM_CALL) are frequent.
 */
#ifndef LIB_ITEMS_H
#define LIB_ITEMS_H

#include "lex.h"

enum item_kind {
	ITEM_FUNCTION,	  /* a function definition, macro-made ones included
			     (SYSCALL_DEFINE2(x, ...) { }, DEFINE_FOO(x) { },
			     static int FNAME(x)(...) { }) */
	ITEM_PROTOTYPE,	  /* a function declaration */
	ITEM_VARIABLE,	  /* a variable definition; also DEFINE_MUTEX(x); and the like */
	ITEM_EXTERN,	  /* a variable declaration: extern, no initialiser */
	ITEM_TYPE,	  /* struct, union, enum definition or forward declaration */
	ITEM_TYPEDEF,
	ITEM_MACRO,	  /* #define; #undef has kind ITEM_UNDEF */
	ITEM_UNDEF,
	ITEM_INCLUDE,
	ITEM_CONDITIONAL, /* #if, #ifdef, #ifndef, #elif, #else, #endif */
	ITEM_DIRECTIVE,	  /* #pragma, #error, #line, linemarkers, others */
	ITEM_EXPORT,	  /* a macro call that names a definition as argument */
	ITEM_CALL,	  /* any other macro call line: MODULE_LICENSE(..),
			     static_assert(..), BUILD_KVM_GPR_ACCESSORS(..) */
	ITEM_ASM,	  /* top-level asm */
	ITEM_COMMENT,	  /* a comment that belongs to nothing */
	ITEM_BLANK,	  /* blank lines before the first item */
	ITEM_EMPTY,	  /* a lone ';' */
	ITEM_UNKNOWN,
};

struct item {
	enum item_kind kind;
	char *name;	     /* owned: the identifier it declares ("" if none):
				for ITEM_INCLUDE the spelled <path> or "path",
				for a conditional or other directive its name
				(a linemarker's is its line number), for
				ITEM_CALL and ITEM_EXPORT the macro's name. A
				macro-made definition has the argument that
				names it (x of SYSCALL_DEFINE2(x, ...)): what
				the compiler sees may be pasted from it */
	char *argument;	     /* owned: ITEM_EXPORT: the definition it names; a
				macro-made definition: its macro's name; ITEM_TYPE:
				"struct", "union" or "enum"; else NULL */
	size_t begin, end;   /* all its bytes, comment and blank lines included */
	size_t code_begin;   /* first byte of the code, behind the leading comment */
	size_t code_end;     /* behind the last byte of its last line of code and the
				newline that ends it: blank lines not included */
	size_t name_begin;   /* offset of the declared identifier; code_begin if none */
	size_t body_begin;   /* ITEM_FUNCTION: offset of the body's '{', in a
				split one that of the first branch; else 0 */
	size_t body_end;     /* behind the body's '}' */
	size_t token_begin;  /* index in tokens of its first token that is not
				space: of its leading comment if it has one */
	size_t token_end;    /* behind its last such token */
	unsigned int line_begin, line_end; /* physical lines of code_begin and of
					      the last byte of code, from 1 */
	bool is_static;	     /* storage class of this declaration as written */
	bool is_inline;	     /* inline, __always_inline, __inline */
	bool is_extern;
	bool split;	     /* begins or ends inside a conditional, or its end
				depends on which branches are compiled: their
				brackets are unbalanced in unlike ways */
	size_t owner;	     /* ITEM_EXPORT: index of its definition; else ITEMS_NONE */
	size_t context;	     /* index of the innermost open conditional branch (the
				ITEM_CONDITIONAL that opened it); ITEMS_NONE at top */
};

#define ITEMS_NONE ((size_t)-1)

struct items {
	struct tokens tokens; /* of the whole text */
	struct item *v;	      /* owned, in order of the file */
	size_t nr;	      /* items in v */
	size_t alloc;
};

/* Splits len bytes of text, which must outlive ret. Cannot fail. */
void items_parse(const char *text, size_t len, struct items *ret);
void items_release(struct items *items);

const char *item_kind_name(enum item_kind kind); /* "function", "prototype"... */

/* True for kinds that define something: function, variable, type, typedef, macro. */
bool item_is_definition(const struct item *item);

/* First item at or behind 'from' that declares name with this kind; ITEMS_NONE. */
size_t items_find(const struct items *items, enum item_kind kind,
		  const char *name, size_t from);

/*
 * The item that holds the byte, or the first byte of the physical line;
 * ITEMS_NONE behind the end.
 */
size_t items_at(const struct items *items, size_t offset);
size_t items_at_line(const struct items *items, unsigned int line);

/*
 * The conditional context of an item as one line: the open directives from
 * the outside in, white space folded, " && " between: "#ifdef CONFIG_X86_64",
 * "#if A && #else". "" at top level. An include guard that wraps the whole file is
 * left out. The caller frees.
 */
char *items_context(const struct items *items, size_t index);

/*
 * Every name that a declaration item declares: "int a, *b;" gives a and b; an
 * enum its enumerators too, "struct s { } a;" the tag as well; a split function
 * the name in each branch; for all else the one name. Appended to ret.
 */
struct strv;
void items_names(const struct items *items, size_t index, struct strv *ret);

#endif
