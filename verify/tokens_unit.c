// SPDX-License-Identifier: GPL-2.0-only
/*
 * A preprocessed unit, read once: its code tokens become numbers, its line
 * markers say which file each declaration comes from, and balanced brackets
 * say where a declaration ends. gcc -E leaves #pragma lines in the text; they
 * are kept as tokens, because some change what follows.
 */
#define _GNU_SOURCE
#include "tokens.h"

#include "lib/fs.h"

/*
 * A unit is lexed in pieces: tokens of the lexer take ten times the text, and
 * memory that is asked for the first time costs more than lexing.
 */
#define PIECE ((size_t)256 << 10)

/* From here on, tokens come from another file. */
struct change_of_file {
	size_t at; /* index of the first token */
	uint32_t file;
};

struct loader {
	struct token_unit *u;
	const struct state *state;
	struct tokens lexed;  /* of the piece of text at hand */
	unsigned int base;    /* lines before that piece */
	size_t alloc;	      /* tokens allocated in the unit */
	char *prefix;	      /* what stands before the tree's own paths */
	sym *paths;	      /* of each file, as the marker spells it */
	size_t alloc_paths;
	struct change_of_file *changes;
	size_t nr_changes, alloc_changes;
	uint32_t file;
	unsigned int line, marker; /* the marker's number, and its own line */
	unsigned int depth;   /* brackets open in an attribute, its word one */
};

static char *tree_prefix(const char *path, const char *source)
{
	if (!ends_with(path, source))
		return xstrdup("");
	return xstrndup(path, strlen(path) - strlen(source));
}

static enum origin find_origin(const struct loader *l, const char *path)
{
	if (streq(path, l->u->unit->source) || !l->u->nr_files)
		return ORIGIN_OWN;
	for (size_t i = 0; i < l->state->nr_texts; i++)
		if (streq(path, l->state->texts[i].path))
			return ORIGIN_TOUCHED;
	return ORIGIN_HEADER;
}

static uint32_t add_file(struct loader *l, const char *path, size_t len)
{
	struct token_unit *u = l->u;
	sym s = pool_add(u->pool, path, len, TOKEN_STRING);
	_cleanup_free_ char *name = xstrndup(path, len);
	const char *shown = name;

	for (size_t i = 0; i < u->nr_files; i++)
		if (l->paths[i] == s)
			return i;
	if (!l->prefix)
		l->prefix = tree_prefix(name, u->unit->source);
	if (starts_with(shown, l->prefix))
		shown += strlen(l->prefix);
	if (starts_with(shown, "./"))
		shown += 2;
	if (u->nr_files >= l->alloc_paths) {
		l->alloc_paths = l->alloc_paths ? l->alloc_paths * 2 : 64;
		l->paths = xrealloc(l->paths, l->alloc_paths, sizeof(sym));
		u->files = xrealloc(u->files, l->alloc_paths, sizeof(char *));
		u->origins = xrealloc(u->origins, l->alloc_paths, 1);
	}
	u->origins[u->nr_files] = find_origin(l, shown);
	u->files[u->nr_files] = xstrdup(shown);
	l->paths[u->nr_files] = s;
	return u->nr_files++;
}

/* # 12 "path" 1 3 */
static void read_marker(struct loader *l, const struct token *t)
{
	const char *text = l->lexed.text, *end = text + t->end;
	const char *open = memchr(text + t->begin, '"', t->end - t->begin);
	const char *close = open ? memchr(open + 1, '"', end - open - 1) : NULL;

	l->line = strtoul(text + t->begin + 1, NULL, 10);
	l->marker = l->base + t->line;
	if (!close)
		return;
	l->file = add_file(l, open + 1, close - open - 1);
	ARRAY_GROW(l->changes, l->nr_changes, l->alloc_changes);
	l->changes[l->nr_changes++] =
		(struct change_of_file){ l->u->nr, l->file };
}

/*
 * "__attribute__((__packed__))" and packed are one attribute (gcc manual,
 * Attribute Syntax): its name is taken without the underscores.
 */
static sym add_word(struct loader *l, const struct token *t)
{
	struct token_unit *u = l->u;
	const char *word = l->lexed.text + t->begin;
	size_t len = t->end - t->begin;
	sym before = u->nr ? u->v[u->nr - 1] : 0;

	if (l->depth == 3 && (before == S_OPEN || before == S_COMMA) &&
	    len > 4 && !strncmp(word, "__", 2) &&
	    !strncmp(word + len - 2, "__", 2)) {
		word += 2;
		len -= 4;
	}
	return pool_add(u->pool, word, len, t->kind);
}

static void follow_attribute(struct loader *l, sym s)
{
	if (!l->depth)
		l->depth = l->u->pool->info[s].class == WORD_ATTRIBUTE;
	else if (s == S_OPEN)
		l->depth++;
	else if (s != S_CLOSE)
		l->depth *= l->depth > 1;
	else if (--l->depth == 1)
		l->depth = 0;
}

static void add_token(struct loader *l, const struct token *t)
{
	struct token_unit *u = l->u;
	sym s = add_word(l, t);

	if (u->nr >= l->alloc) {
		l->alloc = l->alloc ? l->alloc * 2 : 1 << 16;
		u->v = xrealloc(u->v, l->alloc, sizeof(*u->v));
		u->lines = xrealloc(u->lines, l->alloc, sizeof(*u->lines));
	}
	follow_attribute(l, s);
	u->v[u->nr] = s;
	u->lines[u->nr++] = l->line + (l->base + t->line - l->marker - 1);
}

static void read_tokens(struct loader *l)
{
	for (size_t i = 0; i < l->lexed.nr; i++) {
		const struct token *t = &l->lexed.v[i];
		const char *name;
		size_t len;

		if (!token_is_code(t))
			continue;
		if (t->kind != TOKEN_DIRECTIVE) {
			add_token(l, t);
			continue;
		}
		name = token_directive(&l->lexed, i, &len);
		if (len && *name >= '0' && *name <= '9')
			read_marker(l, t);
		else
			add_token(l, t);
	}
}

/* The '(' that a ')' at i closes; i itself if there is none. */
static size_t opening(const struct token_unit *u, size_t i, size_t begin)
{
	size_t depth = 0;

	for (size_t k = i + 1; k-- > begin;) {
		if (u->v[k] == S_CLOSE)
			depth++;
		else if (u->v[k] == S_OPEN && --depth == 0)
			return k;
	}
	return i;
}

/* Index of the last token before i that is not part of an attribute. */
static size_t before_attributes(const struct token_unit *u, size_t i,
				size_t begin)
{
	while (i > begin && u->v[i] == S_CLOSE) {
		size_t open = opening(u, i, begin);

		if (open < begin + 2 ||
		    u->pool->info[u->v[open - 1]].class != WORD_ATTRIBUTE)
			return i;
		i = open - 2;
	}
	return i;
}

/* True when the '{' at i lists members: struct attributes tag attributes { */
static bool opens_members(const struct token_unit *u, size_t i, size_t begin)
{
	if (i == begin)
		return false;
	i = before_attributes(u, i - 1, begin);
	if (sym_is_name(u->pool, u->v[i]) && i > begin)
		i = before_attributes(u, i - 1, begin);
	return u->pool->info[u->v[i]].class == WORD_TAG;
}

/* Behind the external declaration that begins at begin; fills what it is. */
static size_t scan_def(const struct token_unit *u, size_t begin,
		       struct def *ret)
{
	bool initialised = false;
	size_t depth = 0, i;

	for (i = begin; i < u->nr; i++) {
		sym s = u->v[i];

		if (s == S_OPEN_BRACE && !depth && !initialised &&
		    !opens_members(u, i, begin)) {
			ret->kind = DEF_FUNCTION;
			ret->body = i;
		}
		if (s == S_OPEN || s == S_OPEN_BRACE || s == S_OPEN_INDEX) {
			depth++;
		} else if (s == S_CLOSE || s == S_CLOSE_BRACE ||
			   s == S_CLOSE_INDEX) {
			if (!depth)
				break;
			if (!--depth && ret->body)
				return i + 1;
		} else if (!depth && s == S_ASSIGN) {
			initialised = true;
		} else if (!depth && s == S_SEMICOLON) {
			return i + 1;
		}
	}
	ret->kind = DEF_UNKNOWN;
	return i < u->nr ? i + 1 : i;
}

static void classify(const struct token_unit *u, struct def *def)
{
	sym first = u->v[def->begin];

	if (def->kind != DEF_DECLARATION)
		return;
	if (first == S_SEMICOLON)
		def->kind = DEF_EMPTY;
	else if (first == S_ASSERT)
		def->kind = DEF_ASSERT;
	else if (u->pool->info[first].class == WORD_ASM)
		def->kind = DEF_ASM;
}

static void split(struct loader *l)
{
	struct token_unit *u = l->u;
	size_t next_change = 0;
	uint32_t file = 0;

	for (size_t i = 0; i < u->nr;) {
		struct def def = { .kind = DEF_DECLARATION, .begin = i };

		while (next_change < l->nr_changes &&
		       l->changes[next_change].at <= i)
			file = l->changes[next_change++].file;
		if (u->pool->info[u->v[i]].kind == TOKEN_DIRECTIVE) {
			def.kind = DEF_PRAGMA;
			i++;
		} else {
			i = scan_def(u, i, &def);
		}
		def.end = i;
		def.file = file;
		def.origin = u->origins[file];
		classify(u, &def);
		ARRAY_GROW(u->defs, u->nr_defs, u->alloc_defs);
		u->defs[u->nr_defs++] = def;
	}
}

/* Behind the first newline at or behind 'at' that ends a line as written. */
static size_t end_of_piece(const struct buf *text, size_t at)
{
	while (at < text->len &&
	       !(text->data[at] == '\n' && at && text->data[at - 1] != '\\'))
		at++;
	return at < text->len ? at + 1 : text->len;
}

static void load(struct loader *l, const struct buf *text)
{
	for (size_t begin = 0, end; begin < text->len; begin = end) {
		end = end_of_piece(text, begin + PIECE);
		lex(text->data + begin, end - begin, &l->lexed);
		read_tokens(l);
		tokens_release(&l->lexed);
		for (size_t i = begin; i < end; i++)
			l->base += text->data[i] == '\n';
	}
	if (!l->u->nr_files) /* a text without markers is all the unit's own */
		add_file(l, l->u->unit->source, strlen(l->u->unit->source));
	split(l);
	free(l->paths);
	free(l->prefix);
	free(l->changes);
}

int token_unit_load(const struct unit *unit, const struct state *state,
		    struct pool *pool, struct token_unit **ret,
		    struct error *err)
{
	struct loader l = { .state = state };
	struct buf text _cleanup_(buf_release) = BUF_INIT;

	if (fs_read(unit->tokens, &text, err) < 0)
		return -1;
	l.u = xcalloc(1, sizeof(*l.u));
	l.u->unit = unit;
	l.u->pool = pool;
	load(&l, &text);
	token_unit_index(l.u);
	*ret = l.u;
	return 0;
}

void token_unit_free(struct token_unit *u)
{
	if (!u)
		return;
	for (size_t i = 0; i < u->nr_files; i++)
		free(u->files[i]);
	free(u->files);
	free(u->origins);
	free(u->v);
	free(u->lines);
	free(u->defs);
	free(u->binds);
	free(u->heads[0]);
	free(u->heads[1]);
	free(u);
}
