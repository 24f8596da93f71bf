// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sources that nobody wrote, in the text rung. The first byte says which kind of
 * step; then come, behind lines "====", a.c before and after the step, b.c
 * after it, a.h before and after, and the Makefile before and after.
 */
#include "fuzz.h"

#include "verify/infer.h"
#include "verify/verify.h"

#define PARTS 7
#define FILES 4

static const struct renamed renamed[] = { { "f", "g" }, { "s", "t" } };

static void fill_contract(struct contract *c, unsigned int kind)
{
	*c = (struct contract){
		.change = (enum change)(kind % CHANGE_KINDS),
		.from = "a.c",
		.to = "b.c",
		.header = "a.h",
		.as_inline = kind / CHANGE_KINDS % 2,
		.creates = true,
		.preamble = "#include <linux/a.h>\n",
		.kbuild = "Makefile",
		.kbuild_word = "b.o",
		.renamed = renamed,
		.nr_renamed = ARRAY_SIZE(renamed),
	};
	strv_add(&c->names, "f");
	strv_add(&c->names, "s");
	strv_add(&c->helpers, "h");
	strv_add(&c->includes, "<linux/b.h>");
	strv_add(&c->files, "a.c");
	strv_add(&c->removed, "<linux/a.h>");
	strv_add(&c->added, "\"a.h\"");
	strv_add(&c->namesakes[0], "a.c");
	strv_add(&c->namesakes[1], "b.c");
}

static void release_contract(struct contract *c)
{
	strv_release(&c->names);
	strv_release(&c->helpers);
	strv_release(&c->includes);
	strv_release(&c->files);
	strv_release(&c->removed);
	strv_release(&c->added);
	strv_release(&c->namesakes[0]);
	strv_release(&c->namesakes[1]);
}

static struct text text_of(const char *path, const struct buf *part)
{
	return (struct text){ .path = path,
			      .data = part ? part->data : NULL,
			      .len = part ? part->len : 0 };
}

static enum result verify(const struct contract *contract,
			  const struct state *before,
			  const struct state *after)
{
	struct outcome o = OUTCOME_INIT(RUNG_TEXT);
	enum result result;

	require(!verify_text(contract, before, after, &o, NULL));
	result = o.result;
	require(result != RESULT_NOT_RUN);
	for (size_t i = 0; i < o.nr; i++)
		require(o.findings[i].what && o.findings[i].name &&
			o.findings[i].where && o.findings[i].detail &&
			o.findings[i].weight <= result);
	outcome_release(&o);
	return result;
}

static void verify_step(unsigned int kind, const struct state *before,
			const struct state *after)
{
	struct contract contract;

	fill_contract(&contract, kind);
	verify(&contract, before, after);
	release_contract(&contract);
}

/* The same as a commit that no step describes. Nothing at all is no change. */
static void verify_commit(const struct state *before,
			  const struct state *after)
{
	struct inference inference;

	require(!infer(before, after, NULL, 0, &inference, NULL));
	verify(&inference.contract, before, after);
	inference_release(&inference);
	require(!infer(after, after, NULL, 0, &inference, NULL));
	require(!inference.nr_done);
	require(verify(&inference.contract, after, after) !=
		RESULT_DIFFERENT);
	inference_release(&inference);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* which part is which file: before, after */
	static const int places[FILES][2] = { { 0, 1 }, { -1, 2 }, { 3, 4 },
					      { 5, 6 } };
	static const char *const paths[FILES] = { "a.c", "b.c", "a.h",
						  "Makefile" };
	struct buf parts[PARTS];
	struct text texts[2][FILES];
	struct state states[2];
	unsigned int kind = size ? *data : 0;
	size_t nr;

	nr = split_input(data + !!size, size - !!size, parts, PARTS);
	for (int side = 0; side < 2; side++) {
		for (int i = 0; i < FILES; i++) {
			int at = places[i][side];

			texts[side][i] = text_of(paths[i],
				at >= 0 && (size_t)at < nr ? &parts[at] : NULL);
		}
		states[side] = (struct state){ .texts = texts[side],
					       .nr_texts = FILES };
	}
	verify_step(kind, &states[0], &states[1]);
	verify_commit(&states[0], &states[1]);
	for (size_t i = 0; i < nr; i++)
		buf_release(&parts[i]);
	return 0;
}
