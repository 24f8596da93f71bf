// SPDX-License-Identifier: GPL-2.0-only
/*
 * How the fuzzer of objects makes a new one: half of the time as libFuzzer does,
 * and else it sets one field of one record of one table (the header, the
 * section headers, symbols, relocations, whatever a section holds) to a value
 * that means something to somebody: an index, an offset, a size of this object.
 * Bytes that are changed blindly are mostly refused at the door.
 */
#include "fuzz.h"

#include <elf.h>

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size,
			       unsigned int seed);

struct table {
	size_t offset, records, size; /* of the table; of a record in it */
};

/* A linear congruential generator: the same seed makes the same input. */
static size_t below(unsigned int *seed, size_t nr)
{
	*seed = *seed * 1103515245u + 12345u;
	return nr ? (*seed >> 8) % nr : 0;
}

static struct table headers64(const uint8_t *data)
{
	Elf64_Ehdr e;

	memcpy(&e, data, sizeof(e));
	return (struct table){ e.e_shoff, e.e_shnum, sizeof(Elf64_Shdr) };
}

static struct table headers32(const uint8_t *data)
{
	Elf32_Ehdr e;

	memcpy(&e, data, sizeof(e));
	return (struct table){ e.e_shoff, e.e_shnum, sizeof(Elf32_Shdr) };
}

static bool fits(const struct table *t, size_t size)
{
	return t->offset < size && t->records && t->size >= 4 &&
	       t->records <= (size - t->offset) / t->size;
}

static struct table contents64(const uint8_t *header)
{
	Elf64_Shdr s;

	memcpy(&s, header, sizeof(s));
	if (s.sh_entsize < 4)
		s.sh_entsize = 4;
	return (struct table){ s.sh_offset, s.sh_size / s.sh_entsize,
			       s.sh_entsize };
}

static struct table contents32(const uint8_t *header)
{
	Elf32_Shdr s;

	memcpy(&s, header, sizeof(s));
	if (s.sh_entsize < 4)
		s.sh_entsize = 4;
	return (struct table){ s.sh_offset, s.sh_size / s.sh_entsize,
			       s.sh_entsize };
}

static struct table pick_table(const uint8_t *data, size_t size,
			       unsigned int *seed)
{
	bool is64 = data[EI_CLASS] == ELFCLASS64;
	struct table header = { 0, 1, sizeof(Elf32_Ehdr) };
	struct table t = is64 ? headers64(data) : headers32(data);
	const uint8_t *section;

	if (!fits(&t, size) || !below(seed, 8))
		return header;
	if (!below(seed, 3))
		return t;
	section = data + t.offset + below(seed, t.records) * t.size;
	return is64 ? contents64(section) : contents32(section);
}

static uint32_t pick_value(const uint8_t *data, size_t size, uint32_t was,
			   unsigned int *seed)
{
	static const uint32_t values[] = { 0, 1, 2, 8, 0x7fffffff, 0x80000000,
					   0xffffffff, SHN_ABS, SHN_XINDEX };
	uint32_t other;

	switch (below(seed, 6)) {
	case 0:
		return values[below(seed, ARRAY_SIZE(values))];
	case 1: /* an index of something */
		return (uint32_t)below(seed, 24);
	case 2:
		return was + (uint32_t)below(seed, 17) - 8;
	case 3:
		return (uint32_t)size + (uint32_t)below(seed, 9) - 4;
	case 4:
		return was ^ 1u << below(seed, 32);
	}
	memcpy(&other, data + below(seed, size / 4) * 4, sizeof(other));
	return other;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size,
			       unsigned int seed)
{
	struct table t;
	uint8_t *field;
	uint32_t value;

	if (size < sizeof(Elf64_Ehdr) || below(&seed, 2))
		return LLVMFuzzerMutate(data, size, max_size);
	t = pick_table(data, size, &seed);
	if (!fits(&t, size))
		return LLVMFuzzerMutate(data, size, max_size);
	field = data + t.offset + below(&seed, t.records) * t.size +
		below(&seed, t.size / 4) * 4;
	memcpy(&value, field, sizeof(value));
	value = pick_value(data, size, value, &seed);
	memcpy(field, &value, sizeof(value));
	return size;
}
