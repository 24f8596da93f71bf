// SPDX-License-Identifier: GPL-2.0-only
/*
 * A module's own assembly, cut into blocks: clang joins what stood at file
 * scope, and a move takes some of it to another file. What is put into a section
 * and the way back is one block (an export, a tracepoint's pointer, a static
 * call's trampoline); a directive outside of one stands for itself; other
 * code goes on up to the next section.
 */
#define _GNU_SOURCE
#include "ir_internal.h"

#include <ctype.h>

struct cutter {
	struct ir_module *m;
	struct buf block;
	unsigned int pushed;	/* sections on the stack */
	bool in_section;	/* by .section, and out by .previous */
	bool in_code;		/* a label was seen outside of a section */
};

static void end_block(struct cutter *c)
{
	size_t len = c->block.len;

	c->in_code = false;
	if (!len)
		return;
	ir_add(c->m, IR_ASM, buf_detach(&c->block), len);
}

static bool is_word(const char *s, size_t len, const char *word)
{
	return len == strlen(word) && !memcmp(s, word, len);
}

/* One statement without its white space. */
static void take(struct cutter *c, const char *s, size_t len)
{
	size_t word = 0;
	bool outside = !c->pushed && !c->in_section;

	while (word < len && !isspace((unsigned char)s[word]))
		word++;
	if (is_word(s, word, ".pushsection") || is_word(s, word, ".section")) {
		if (outside)
			end_block(c);
		if (s[1] == 'p')
			c->pushed++;
		else if (!c->pushed)
			c->in_section = true;
		outside = false;
	}
	buf_add(&c->block, s, len);
	buf_addch(&c->block, '\n');
	if (is_word(s, word, ".popsection") && c->pushed)
		c->pushed--;
	else if (!c->pushed && (is_word(s, word, ".previous") ||
				is_word(s, word, ".text")))
		c->in_section = false;
	if (outside && (*s != '.' || memchr(s, ':', word)))
		c->in_code = true;
	if (!c->pushed && !c->in_section && !c->in_code)
		end_block(c);
}

/* The end of the statement at p: a newline or ';' that is in no string. */
static const char *statement_end(const char *p, const char *end)
{
	bool quoted = false;

	for (; p < end && *p != '\n' && (quoted || *p != ';'); p++) {
		if (quoted && *p == '\\' && p + 1 < end && p[1] != '\n')
			p++;
		else if (*p == '"')
			quoted = !quoted;
	}
	return p;
}

void ir_cut_asm(struct ir_module *m, const struct buf *text)
{
	struct cutter c = { .m = m, .block = BUF_INIT };
	const char *p = text->data, *end = p + text->len;

	while (p < end) {
		const char *stop = statement_end(p, end), *last = stop;

		while (p < last && isspace((unsigned char)*p))
			p++;
		while (last > p && isspace((unsigned char)last[-1]))
			last--;
		if (last > p)
			take(&c, p, (size_t)(last - p));
		p = stop + 1;
	}
	end_block(&c);
	buf_release(&c.block);
}
