// SPDX-License-Identifier: GPL-2.0-only
/*
 * What must be decoded to understand a relocation. The processor counts a
 * PC-relative distance from the end of the instruction, the relocation from
 * its own field; the constant between the two depends on what follows the
 * field in the instruction. And a branch inside a section carries no
 * relocation at all when the assembler knew both ends.
 */
#define _GNU_SOURCE
#include "side.h"

#include <inttypes.h>

#include <capstone/capstone.h>

#include "describe.h"
#include "lib/util.h"

struct decoder {
	csh fast;     /* without operand details */
	csh detailed; /* for the few instructions that need them */
	uint16_t machine;
};

/*
 * The length of rdpkru, tdcall, lkgs...: 0f 00 or 0f 01, perhaps with a prefix, and
 * a byte that says that no operand is in memory. 0: it is none of them.
 */
static size_t plain_length(const uint8_t *p, size_t size)
{
	size_t prefix = size && (*p == 0xf2 || *p == 0xf3 || *p == 0x66);

	return size >= prefix + 3 && p[prefix] == 0x0f && p[prefix + 1] <= 1 &&
		p[prefix + 2] >= 0xc0 ? prefix + 3 : 0;
}

/* How far to step over what this capstone does not know. */
static size_t skip(const uint8_t *code, size_t size, size_t offset, void *data)
{
	size_t plain = plain_length(code + offset, size - offset);

	(void)data;
	return plain ? plain : 1;
}

static int open_handle(cs_mode mode, bool detail, csh *ret, struct error *err)
{
	static const cs_opt_skipdata skipping = { .mnemonic = ".byte",
						  .callback = skip };

	if (cs_open(CS_ARCH_X86, mode, ret) != CS_ERR_OK)
		return error_set(err, ERROR_SYSTEM, "capstone has no x86");
	cs_option(*ret, CS_OPT_SYNTAX, CS_OPT_SYNTAX_ATT);
	cs_option(*ret, CS_OPT_SKIPDATA, CS_OPT_ON);
	cs_option(*ret, CS_OPT_SKIPDATA_SETUP, (size_t)&skipping);
	cs_option(*ret, CS_OPT_DETAIL, detail ? CS_OPT_ON : CS_OPT_OFF);
	return 0;
}

struct decoder *decoder_new(uint16_t machine, bool is64, struct error *err)
{
	struct decoder *d = xcalloc(1, sizeof(*d));
	cs_mode mode = is64 ? CS_MODE_64 : CS_MODE_32;

	if (machine == EM_X86_64) /* x32 objects are ELF32 with 64-bit code */
		mode = CS_MODE_64;
	d->machine = machine;
	if (!open_handle(mode, false, &d->fast, err) &&
	    !open_handle(mode, true, &d->detailed, err))
		return d;
	decoder_free(d);
	return NULL;
}

void decoder_free(struct decoder *d)
{
	if (!d)
		return;
	if (d->fast)
		cs_close(&d->fast);
	if (d->detailed)
		cs_close(&d->detailed);
	free(d);
}

/* "lea 0(%esi),%esi": how 32-bit code is filled, with or without an index. */
static bool is_filler_lea(const cs_insn *insn)
{
	const uint8_t *p = insn->bytes, *end = p + insn->size;
	unsigned int reg, base;

	while (p < end && *p != 0x8d)
		p++;
	if (end - p < 3 || p[1] >> 6 == 0 || p[1] >> 6 == 3)
		return false;
	reg = p[1] >> 3 & 7;
	base = p[1] & 7;
	p += 2;
	if (base == 4) { /* another byte follows; 4 for its index is none */
		if ((*p >> 3 & 7) != 4)
			return false;
		base = *p++ & 7;
	}
	while (p < end && !*p)
		p++;
	return reg == base && p == end;
}

static bool does_nothing(const struct decoder *d, const cs_insn *insn)
{
	static const unsigned char xchg_ax[] = { 0x66, 0x90 };

	return insn->id == X86_INS_NOP || insn->id == X86_INS_INT3 ||
	       (insn->size == 2 && !memcmp(insn->bytes, xchg_ax, 2)) ||
	       (insn->id == X86_INS_LEA && d->machine == EM_386 &&
		is_filler_lea(insn));
}

bool code_is_padding(const struct decoder *d, const unsigned char *bytes,
		     uint64_t size)
{
	cs_insn *insn;
	uint64_t address = 0;
	size_t left = size;
	bool padding = true;

	if (!bytes)
		return true;
	while (left && !*bytes) { /* zeros, wherever the filler begins with them */
		bytes++;
		left--;
	}
	insn = cs_malloc(d->fast);
	while (padding && left)
		padding = cs_disasm_iter(d->fast, &bytes, &left, &address,
					 insn) && does_nothing(d, insn);
	cs_free(insn, 1);
	return padding;
}

static struct ref *add_ref(struct part *part, uint64_t offset,
			   unsigned int size, int64_t target)
{
	struct ref *r;

	ARRAY_GROW(part->refs, part->nr_refs, part->alloc_refs);
	r = &part->refs[part->nr_refs++];
	*r = (struct ref){
		.offset = offset,
		.size = size,
		.kind = REF_RELATIVE,
		.delta = target,
		.limit = UINT64_MAX,
		.claim = CLAIM_NONE,
	};
	return r;
}

static int64_t read_signed(const unsigned char *p, unsigned int size)
{
	uint32_t v = 0;

	if (size == 1)
		return (int8_t)*p;
	for (unsigned int i = 0; i < 4; i++)
		v |= (uint32_t)p[i] << (8 * i);
	return (int32_t)v;
}

/* The bytes of a direct branch's distance, which end the instruction; 0: none. */
static unsigned int branch_field(const cs_insn *insn)
{
	const uint8_t *b = insn->bytes;
	unsigned int n = insn->size;

	/* "call *8(%rax)" may hold a byte that looks like an opcode. */
	if (strchr(insn->op_str, '*') || strchr(insn->op_str, '('))
		return 0;
	if (n >= 5 && (b[n - 5] == 0xe8 || b[n - 5] == 0xe9))
		return insn->id == X86_INS_CALL || insn->id == X86_INS_JMP ? 4 : 0;
	if (n >= 6 && b[n - 6] == 0x0f && (b[n - 5] & 0xf0) == 0x80)
		return insn->mnemonic[0] == 'j' ? 4 : 0;
	if (n >= 2 && (b[n - 2] == 0xeb || (b[n - 2] & 0xf0) == 0x70))
		return insn->mnemonic[0] == 'j' ? 1 : 0;
	if (n >= 2 && b[n - 2] >= 0xe0 && b[n - 2] <= 0xe3)
		return insn->mnemonic[0] == 'j' || insn->mnemonic[0] == 'l';
	if (n == 6 && b[0] == 0xc7 && b[1] == 0xf8) /* xbegin */
		return 4;
	return 0;
}

/* "lea f(%rip)" of a local symbol in the same section needs no relocation. */
static void follow_rip(const struct decoder *d, struct part *part,
		       const cs_insn *insn)
{
	const uint8_t *p = insn->bytes;
	size_t left = insn->size;
	uint64_t address = insn->address;
	cs_insn *full;

	if (!strstr(insn->op_str, "(%rip)"))
		return;
	full = cs_malloc(d->detailed);
	if (cs_disasm_iter(d->detailed, &p, &left, &address, full) &&
	    full->detail->x86.encoding.disp_size == 4) {
		unsigned int at = full->detail->x86.encoding.disp_offset;
		int64_t disp = read_signed(insn->bytes + at, 4);

		add_ref(part, insn->address + at, 4,
			(int64_t)(insn->address + insn->size) + disp);
	}
	cs_free(full, 1);
}

static void follow_branch(const struct decoder *d, struct part *part,
			  const cs_insn *insn, uint64_t begin, uint64_t end)
{
	unsigned int field = branch_field(insn);
	int64_t after = insn->address + insn->size, target;

	if (!field) {
		follow_rip(d, part, insn);
		return;
	}
	target = after + read_signed(insn->bytes + insn->size - field, field);
	if (target < (int64_t)begin || target >= (int64_t)end)
		add_ref(part, after - field, field, target);
}

/* The first of part's nr refs (those of relocations) at or behind offset. */
static size_t first_ref(const struct part *part, size_t nr, uint64_t offset)
{
	size_t low = 0, high = nr;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (part->refs[mid].offset < offset)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

uint64_t code_follow(const struct decoder *d, struct part *part,
		     uint64_t begin, uint64_t end)
{
	const uint8_t *p = part_bytes(part, begin);
	size_t left = end - begin, nr = part->section->nr_relocs;
	size_t next = first_ref(part, nr, begin);
	uint64_t address = begin, undecoded = 0;
	uint64_t relocated = begin; /* up to there */
	cs_insn *insn;

	if (!p)
		return 0;
	/* No assembler writes a field that reaches into the next instruction. */
	if (next)
		relocated = part->refs[next - 1].offset +
			    part->refs[next - 1].size;
	insn = cs_malloc(d->fast);
	while (left && cs_disasm_iter(d->fast, &p, &left, &address, insn)) {
		for (; next < nr && part->refs[next].offset < address; next++) {
			struct ref *r = &part->refs[next];

			relocated = r->offset + r->size;
			if (r->kind == REF_RELATIVE && insn->id)
				r->delta = (int64_t)((uint64_t)r->delta +
						     address - r->offset);
		}
		if (!insn->id)
			undecoded += plain_length(insn->bytes, insn->size) ?
					     0 : insn->size;
		else if (relocated <= insn->address)
			follow_branch(d, part, insn, begin, end);
	}
	cs_free(insn, 1);
	return undecoded;
}

/* The instruction of an atom that holds or follows an offset from its origin. */
static bool insn_at(const struct decoder *d, const struct atom *a,
		    uint64_t offset, cs_insn *insn)
{
	const uint8_t *p = part_bytes(a->part, a->origin);
	size_t left = a->end - a->origin;
	uint64_t address = 0;

	while (left && cs_disasm_iter(d->fast, &p, &left, &address, insn))
		if (address > offset)
			return true;
	return false;
}

/* Once more, with the places of its fields. */
static bool has_address(const struct decoder *d, const cs_insn *insn,
			unsigned int field)
{
	const uint8_t *p = insn->bytes;
	size_t left = insn->size;
	uint64_t address = 0;
	cs_insn *full = cs_malloc(d->detailed);
	bool taken = false;

	if (cs_disasm_iter(d->detailed, &p, &left, &address, full)) {
		const cs_x86_encoding *e = &full->detail->x86.encoding;

		taken = full->id == X86_INS_LEA ||
			(e->imm_offset && e->imm_offset == field);
	}
	cs_free(full, 1);
	return taken;
}

bool code_takes_address(const struct decoder *d, const struct atom *a,
			uint64_t offset)
{
	cs_insn *insn = cs_malloc(d->fast);
	bool taken = true; /* what cannot be decoded may do anything */

	if (insn_at(d, a, offset - a->origin, insn) && insn->id)
		taken = !branch_field(insn) &&
			has_address(d, insn, offset - a->origin - insn->address);
	cs_free(insn, 1);
	return taken;
}

static void describe(const struct decoder *d, const struct atom *a,
		     uint64_t offset, struct buf *ret)
{
	cs_insn *insn = cs_malloc(d->fast);

	if (a->kind != ATOM_CODE || !a->part->section->data ||
	    !insn_at(d, a, offset, insn)) {
		buf_addstr(ret, "nothing");
		cs_free(insn, 1);
		return;
	}
	buf_addf(ret, "+0x%" PRIx64 " %s %s", insn->address, insn->mnemonic,
		 insn->op_str);
	for (size_t i = 0; i < a->nr_refs; i++) {
		uint64_t at = a->refs[i].offset - a->origin;

		if (at < insn->address || at >= insn->address + insn->size)
			continue;
		buf_addstr(ret, " -> ");
		describe_ref(&a->refs[i], ret);
	}
	cs_free(insn, 1);
}

void code_describe(const struct decoder *d, const struct atom *before,
		   const struct atom *after, uint64_t offset, struct buf *ret)
{
	describe(d, before, offset, ret);
	buf_addstr(ret, " became ");
	describe(d, after, offset, ret);
}
