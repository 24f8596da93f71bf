// SPDX-License-Identifier: GPL-2.0-only
/*
 * The head of a step: the comment block at its top. It is strict where the
 * kernel's own .cocci convention is loose, since a key that is misspelt, or ends
 * up behind a blank line, would else silently change what a step does.
 */
#include "series_parts.h"

#include "lib/fs.h"
#include "nearest.h"

#include <ctype.h>

#define SUBJECT_MAX 75 /* bytes; submitting-patches */
#define CONTINUATION 4 /* blanks behind "//" that make one */

#define M (1u << STEP_MOVE)
#define P (1u << STEP_PROMOTE)
#define R (1u << STEP_RENAME)
#define F (1u << STEP_RENAME_FILE)
#define I (1u << STEP_INCLUDES)
#define E (1u << STEP_EXTRACT)
#define T (1u << STEP_TRANSFORM)
#define ALL ((1u << STEP_KINDS) - 1)

enum form {
	FORM_KIND,	/* one of the kinds */
	FORM_PATH,	/* a path that stays in the tree */
	FORM_NAME,	/* a C identifier */
	FORM_NAMES,	/* several of them */
	FORM_PLACES,	/* the same, and one may be there again */
	FORM_PATHS,	/* several paths */
	FORM_AS,	/* "inline" */
	FORM_INCLUDES,	/* <a.h> or "a.h", by commas */
	FORM_LINES,	/* continuation lines as they are */
	FORM_OPTIONS,	/* for spatch */
	FORM_VERSION,	/* digits and dots */
	FORM_IGNORED,	/* keys of the kernel's convention that say nothing to us */
};

#define AT(field) offsetof(struct step, field)

static const struct key {
	const char *name;
	enum form form;
	unsigned int takes; /* kinds that may have it */
	unsigned int needs; /* kinds that must */
	size_t field;	    /* offset in struct step */
} keys[] = {
	{ "Kind", FORM_KIND, ALL, 0, 0 },
	{ "From", FORM_PATH, M | P | R | F | E, M | P | R | F | E, AT(from) },
	{ "To", FORM_PATH, M | F, M | F, AT(to) },
	{ "Header", FORM_PATH, P, P, AT(header) },
	{ "As", FORM_AS, P, 0, 0 },
	{ "Items", FORM_NAMES, M | P | R | E | T, 0, AT(items) },
	{ "Optional", FORM_NAMES, M | P | R, 0, AT(optional) },
	{ "Along", FORM_NAMES, M, 0, AT(along) },
	{ "Helper", FORM_NAMES, E, E, AT(helpers) },
	{ "Guard", FORM_NAME, F, 0, AT(guard) },
	{ "After", FORM_PLACES, M | P, 0, AT(after) },
	{ "Include", FORM_INCLUDES, M | P, 0, AT(includes) },
	{ "Kbuild", FORM_PATH, M | F, 0, AT(kbuild) },
	{ "Preamble", FORM_LINES, M, 0, AT(preamble) },
	{ "Files", FORM_PATHS, I | T, I | T, AT(files) },
	{ "Options", FORM_OPTIONS, ALL, 0, AT(options) },
	{ "Requires", FORM_VERSION, ALL, 0, AT(requires) },
	{ "SPDX-License-Identifier", FORM_IGNORED, ALL, 0, 0 },
	{ "Confidence", FORM_IGNORED, ALL, 0, 0 },
	{ "Copyright", FORM_IGNORED, ALL, 0, 0 },
	{ "URL", FORM_IGNORED, ALL, 0, 0 },
	{ "Comments", FORM_IGNORED, ALL, 0, 0 },
	{ "Keywords", FORM_IGNORED, ALL, 0, 0 },
};

#undef M
#undef P
#undef R
#undef F
#undef I
#undef E
#undef T
#undef ALL

#define NR_KEYS ARRAY_SIZE(keys)

struct value {
	unsigned int line; /* of its key; 0: the key is absent */
	struct buf text;
};

struct head {
	struct step *step;
	struct place at;
	struct value values[NR_KEYS];
	struct value *open; /* the one that may go on in the next line */
	unsigned int blanks; /* empty preamble lines not yet added */
};

static const struct key *find_key(const char *name, size_t len)
{
	for (size_t i = 0; i < NR_KEYS; i++)
		if (strlen(keys[i].name) == len &&
		    !strncmp(keys[i].name, name, len))
			return &keys[i];
	return NULL;
}

/* The length of "Key" when the text starts with "Key:"; 0. */
static size_t key_length(const char *s, size_t len)
{
	size_t n = 0;

	if (!len || !isalpha((unsigned char)*s))
		return 0;
	while (n < len && (isalpha((unsigned char)s[n]) || s[n] == '-'))
		n++;
	return n < len && s[n] == ':' ? n : 0;
}

static int unknown_key(const struct head *h, const char *name, size_t len,
		       struct error *err)
{
	_cleanup_(strv_release) struct strv known = STRV_INIT;
	_cleanup_free_ char *key = xstrndup(name, len);
	const char *near;

	for (size_t i = 0; i < NR_KEYS; i++)
		strv_add(&known, keys[i].name);
	near = nearest_name(key, &known);
	if (near)
		return place_error(&h->at, err,
				   "unknown key '%s' (did you mean '%s'?)", key,
				   near);
	return place_error(&h->at, err, "unknown key '%s'", key);
}

static int read_message(struct head *h, const char *s, size_t len,
			struct buf *message, struct error *err)
{
	h->open = NULL;
	if (len && *s == ' ') {
		s++;
		len--;
	}
	/* git am ends a message at the first of these. */
	if (len >= 3 && (!strncmp(s, "---", 3) ||
			 (len >= 5 && !strncmp(s, "diff ", 5)) ||
			 (len >= 7 && !strncmp(s, "Index: ", 7))))
		return place_error(&h->at, err,
				   "git would take this message line for the "
				   "start of a diff");
	buf_add(message, s, len);
	buf_addch(message, '\n');
	return 0;
}

static int read_continuation(struct head *h, const char *s, size_t len,
			     struct error *err)
{
	const struct key *key;

	if (!h->open)
		return place_error(&h->at, err,
				   "this line continues no key's value");
	key = &keys[h->open - h->values];
	s += CONTINUATION;
	len -= CONTINUATION;
	if (key->form == FORM_LINES) {
		for (; h->blanks; h->blanks--)
			buf_addch(&h->open->text, '\n');
		buf_add(&h->open->text, s, len);
		buf_addch(&h->open->text, '\n');
		return 0;
	}
	buf_addch(&h->open->text, ' ');
	buf_add(&h->open->text, s, len);
	return 0;
}

static int read_key(struct head *h, const char *s, size_t len,
		    struct error *err)
{
	size_t n = key_length(s, len);
	const struct key *key;
	struct value *value;

	if (!n)
		return place_error(&h->at, err,
				   "neither '/// message' nor '// Key: value' "
				   "(a comment goes behind the head)");
	key = find_key(s, n);
	if (!key)
		return unknown_key(h, s, n, err);
	value = &h->values[key - keys];
	if (value->line && key->form != FORM_IGNORED)
		return place_error(&h->at, err, "'%s' is repeated: see line %u",
				   key->name, value->line);
	value->line = h->at.line;
	for (n++; n < len && isspace((unsigned char)s[n]);)
		n++;
	buf_add(&value->text, s + n, len - n);
	if (key->form == FORM_LINES && value->text.len)
		return place_error(&h->at, err,
				   "the lines of '%s' begin in the next line, "
				   "each behind '//    '",
				   key->name);
	h->open = value;
	h->blanks = 0;
	return 0;
}

/* One line behind its "//", white space at its end removed. */
static int read_line(struct head *h, const char *s, size_t len,
		     struct buf *message, struct error *err)
{
	size_t blanks = 0;

	if (len && *s == '/')
		return read_message(h, s + 1, len - 1, message, err);
	if (!len) {
		if (h->open && keys[h->open - h->values].form == FORM_LINES)
			h->blanks++;
		else
			h->open = NULL;
		return 0;
	}
	while (blanks < len && s[blanks] == ' ')
		blanks++;
	if (blanks >= CONTINUATION)
		return read_continuation(h, s, len, err);
	return read_key(h, s + blanks, len - blanks, err);
}

/* Reads lines up to the first that is no comment; returns where that begins. */
static const char *read_block(struct head *h, struct buf *message,
			      struct error *err)
{
	const char *s = h->step->text;

	while (*s == '\n') {
		h->at.line++;
		s++;
	}
	while (starts_with(s, "//")) {
		size_t full = strcspn(s, "\n"), len = full;

		while (len > 2 && isspace((unsigned char)s[len - 1]))
			len--;
		if (read_line(h, s + 2, len - 2, message, err))
			return NULL;
		s += full;
		if (!*s)
			break;
		s++;
		h->at.line++;
	}
	return s;
}

/* A key in a comment below the head was meant to be in it. */
static int check_stray_keys(const struct head *h, struct error *err)
{
	struct place at = h->at;

	for (const char *s = h->step->rules; *s && *s != '@'; at.line++) {
		size_t len = strcspn(s, "\n");
		const char *p = s + 2;

		if (starts_with(s, "//")) {
			const struct key *key;
			size_t n;

			while (*p == ' ')
				p++;
			n = key_length(p, len - (size_t)(p - s));
			key = n ? find_key(p, n) : NULL;
			if (key && key->form != FORM_IGNORED)
				return place_error(
					&at, err,
					"'%s' stands below the head, which ends "
					"at line %u (at the first line that is "
					"no comment)",
					key->name, h->at.line);
		}
		s += len + (s[len] == '\n');
	}
	return 0;
}

/* The message without empty lines at its end, and its subject. */
static int set_message(struct step *step, struct buf *message,
		       struct error *err)
{
	struct place at = { step->path, 1 };
	size_t len = message->len, subject = strcspn(message->data, "\n");

	while (len && message->data[len - 1] == '\n')
		len--;
	if (!subject)
		return place_error(&at, err,
				   "no commit message: the first '///' line is "
				   "its subject");
	if (subject > SUBJECT_MAX)
		return place_error(&at, err,
				   "the subject has %zu bytes, more than %d",
				   subject, SUBJECT_MAX);
	if (len > subject && message->data[subject + 1] != '\n')
		return place_error(&at, err,
				   "the message needs an empty line behind its "
				   "subject");
	step->subject = xstrndup(message->data, subject);
	step->message = xasprintf("%.*s\n", (int)len, message->data);
	return 0;
}

static int set_kind(const struct place *at, const char *s, struct step *step,
		    struct error *err)
{
	_cleanup_(strv_release) struct strv kinds = STRV_INIT;
	const char *near;

	for (int kind = 0; kind < STEP_KINDS; kind++) {
		strv_add(&kinds, step_kind_name((enum step_kind)kind));
		if (streq(s, kinds.v[kind])) {
			step->kind = (enum step_kind)kind;
			return 0;
		}
	}
	near = nearest_name(s, &kinds);
	if (near)
		return place_error(at, err,
				   "unknown kind '%s' (did you mean '%s'?)", s,
				   near);
	return place_error(at, err, "unknown kind '%s'", s);
}

static int check_path(const struct place *at, const char *path,
		      struct error *err)
{
	if (fs_is_inside(path))
		return 0;
	return place_error(at, err, "the path '%s' leaves the tree", path);
}

static int check_include(const struct place *at, const char *s,
			 struct error *err)
{
	size_t len = strlen(s);

	if (len > 2 && ((s[0] == '<' && s[len - 1] == '>') ||
			(s[0] == '"' && s[len - 1] == '"')) &&
	    strcspn(s + 1, "<>\"") == len - 2)
		return 0;
	return place_error(at, err,
			   "'%s' is no include: write <a.h> or \"a.h\"", s);
}

/* Splits the value, no repeats, and holds each word against its form. */
static int set_list(const struct place *at, const struct key *key,
		    const char *text, struct strv *ret, struct error *err)
{
	_cleanup_(strv_release) struct strv words = STRV_INIT;

	strv_split(&words, text, ", \t");
	for (size_t i = 0; i < words.nr; i++) {
		const char *word = words.v[i];

		if (strv_has(ret, word) && key->form != FORM_PLACES)
			return place_error(at, err, "'%s' names '%s' twice",
					   key->name, word);
		if (key->form == FORM_PATHS && check_path(at, word, err))
			return -1;
		if (key->form == FORM_INCLUDES && check_include(at, word, err))
			return -1;
		if ((key->form == FORM_NAMES || key->form == FORM_PLACES) &&
		    !is_identifier(word, strlen(word)))
			return place_error(at, err, "'%s' is no identifier",
					   word);
		strv_add(ret, word);
	}
	return 0;
}

static int set_word(const struct place *at, const struct key *key,
		    const char *text, char **ret, struct error *err)
{
	if (key->form == FORM_PATH && check_path(at, text, err))
		return -1;
	if (key->form == FORM_NAME && !is_identifier(text, strlen(text)))
		return place_error(at, err, "'%s' is no identifier", text);
	if (key->form == FORM_VERSION &&
	    (!isdigit((unsigned char)*text) ||
	     text[strspn(text, "0123456789.")]))
		return place_error(at, err,
				   "'%s' is no version: write one like 1.1.0",
				   text);
	*ret = xstrdup(text);
	return 0;
}

static int set_value(struct step *step, const struct key *key,
		     const struct value *value, struct error *err)
{
	struct place at = { step->path, value->line };
	void *field = (char *)step + key->field;
	const char *text = value->text.data;

	if (key->form != FORM_IGNORED && !text[strspn(text, " \t\n")])
		return place_error(&at, err, "'%s' has no value", key->name);
	switch (key->form) {
	case FORM_KIND: /* set first: it decides which keys there may be */
	case FORM_IGNORED:
		return 0;
	case FORM_AS:
		step->as_inline = streq(text, "inline");
		return step->as_inline ?
			       0 :
			       place_error(&at, err,
					   "'As' can only be 'inline', not '%s'",
					   text);
	case FORM_NAMES:
	case FORM_PLACES:
	case FORM_PATHS:
	case FORM_INCLUDES:
		return set_list(&at, key, text, field, err);
	case FORM_OPTIONS:
		return options_read(&at, text, field, err);
	default:
		return set_word(&at, key, text, field, err);
	}
}

static int set_values(struct step *step, const struct head *h,
		      struct error *err)
{
	const struct value *kind = &h->values[0];
	struct place at = { step->path, kind->line ? kind->line : 1 };

	if (!kind->line)
		return place_error(&at, err,
				   "no '// Kind:' (move, promote, rename, "
				   "rename-file, includes, extract or "
				   "transform)");
	if (set_kind(&at, kind->text.data, step, err))
		return -1;
	for (size_t i = 0; i < NR_KEYS; i++) {
		const struct value *value = &h->values[i];

		if (!value->line && keys[i].needs & 1u << step->kind)
			return place_error(&at, err,
					   "a step of kind %s needs '%s'",
					   step_kind_name(step->kind),
					   keys[i].name);
		if (!value->line)
			continue;
		at.line = value->line;
		if (!(keys[i].takes & 1u << step->kind))
			return place_error(&at, err,
					   "a step of kind %s takes no '%s'",
					   step_kind_name(step->kind),
					   keys[i].name);
		if (set_value(step, &keys[i], value, err))
			return -1;
		at.line = kind->line;
	}
	return 0;
}

/* What the values of several keys must be together. */
static int check_together(struct step *step, const struct head *h,
			  struct error *err)
{
	struct place at = { step->path, h->values[0].line };

	if (step->to && streq(step->from, step->to))
		return place_error(&at, err, "'From' and 'To' are the same file");
	if (step->kind == STEP_PROMOTE && streq(step->from, step->header))
		return place_error(&at, err,
				   "'From' and 'Header' are the same file");
	if (step->as_inline)
		step->to = xstrdup(step->header);
	return 0;
}

int head_read(struct step *step, struct error *err)
{
	_cleanup_(buf_release) struct buf message = BUF_INIT;
	struct head h = { .step = step, .at = { step->path, 1 } };
	const char *rules;
	int ret = -1;

	for (size_t i = 0; i < NR_KEYS; i++)
		h.values[i].text = (struct buf)BUF_INIT;
	rules = read_block(&h, &message, err);
	if (!rules)
		goto out;
	step->rules = step->text + (rules - step->text);
	step->rules_line = h.at.line;
	if (check_stray_keys(&h, err) || set_message(step, &message, err) ||
	    set_values(step, &h, err) || check_together(step, &h, err))
		goto out;
	ret = 0;
out:
	for (size_t i = 0; i < NR_KEYS; i++)
		buf_release(&h.values[i].text);
	return ret;
}
