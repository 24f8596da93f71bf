// SPDX-License-Identifier: GPL-2.0-only
/*
 * Objects that are not what they should be: every cut and many altered bytes
 * of a real object give an answer or an error, never a crash (run under the
 * sanitizers), and an altered byte that the comparison covers is never equal.
 */
#define _GNU_SOURCE
#include "objects_helper.h"

#include <elf.h>
#include <sys/mman.h>

static const char text[] =
	"extern int num(int, int); extern void use(const void *);"
	"static int v[4]; static const char *const names[] = { \"one\", \"two\" };"
	"int f(int x) { switch (x) { case 0: return num(1, 2); case 1: use(names);"
	" return 3; case 2: return num(x, v[2]++) * 2; case 3: return 9 - num(3, 3);"
	" case 4: use(v); return num(x, 9) + 4; } return 0; }"
	"int g(int x) { asm volatile(\"1: nop; .pushsection __ex_table,\\\"a\\\";"
	" .long 1b - ., 1b - ., 3; .popsection\"); return f(x + 1) + 2; }"
	"asm(\".section .altinstructions,\\\"a\\\"; .long f - .; .long 3f - .;"
	" .4byte 9; .byte 1; .byte 2; .section .altinstr_replacement,\\\"ax\\\";"
	" 3: jmp 4f; 4: .previous\");";

static const char *const flag_sets[] = { ISOLATED, PLAIN, "-m32 " PLAIN };

struct victim {
	struct buf bytes;	/* of a good object */
	char *good, *bad;	/* its path, and where altered ones are written */
	int fd;			/* of bad, in memory: there are thousands */
};

static void victim_make(struct victim *v, const char *flags)
{
	struct error err = ERROR_INIT;

	v->good = compile("good", 'v', text, flags);
	v->fd = memfd_create("bad.o", MFD_CLOEXEC);
	assert_true(v->fd >= 0);
	v->bad = xasprintf("/proc/self/fd/%d", v->fd);
	v->bytes = (struct buf)BUF_INIT;
	assert_int_equal(fs_read(v->good, &v->bytes, &err), 0);
}

static void victim_release(struct victim *v)
{
	free(v->good);
	free(v->bad);
	close(v->fd);
	buf_release(&v->bytes);
}

/* The result, or RESULT_NOT_RUN when the altered object was refused. */
static enum result compare(const struct victim *v, const void *data, size_t len)
{
	struct strv good = STRV_INIT, bad = STRV_INIT;
	struct outcome o = OUTCOME_INIT(RUNG_CODE);
	struct error err = ERROR_INIT;
	enum result result = RESULT_NOT_RUN;

	assert_int_equal(ftruncate(v->fd, 0), 0);
	assert_int_equal(pwrite(v->fd, data, len, 0), len);
	strv_add(&good, v->good);
	strv_add(&bad, v->bad);
	if (!objects_compare(&good, &bad, NULL, &o, &err))
		result = o.result;
	else
		assert_non_null(err.text);
	outcome_release(&o);
	error_release(&err);
	strv_release(&good);
	strv_release(&bad);
	return result;
}

static void each_victim(void (*test)(struct victim *v))
{
	for (size_t i = 0; i < ARRAY_SIZE(flag_sets); i++) {
		struct victim v;

		victim_make(&v, flag_sets[i]);
		assert_int_not_equal(compare(&v, v.bytes.data, v.bytes.len),
				     RESULT_NOT_RUN);
		test(&v);
		victim_release(&v);
	}
}

static void cut_short(struct victim *v)
{
	for (size_t len = 0; len < v->bytes.len; len++) {
		_cleanup_free_ char *copy = xcalloc(len, 1);

		memcpy(copy, v->bytes.data, len);
		assert_int_equal(compare(v, copy, len), RESULT_NOT_RUN);
	}
}

static void test_cut_short(void **state)
{
	(void)state;
	each_victim(cut_short);
}

static void alter_everywhere(struct victim *v)
{
	static const unsigned char values[] = { 0x00, 0xff, 0x80, 0x7f };
	unsigned char *p = (unsigned char *)v->bytes.data;

	for (size_t at = 0; at < v->bytes.len; at += 7) {
		unsigned char was = p[at];

		p[at] = values[at % ARRAY_SIZE(values)];
		compare(v, p, v->bytes.len);
		p[at] = was;
	}
}

static void test_alter_everywhere(void **state)
{
	(void)state;
	each_victim(alter_everywhere);
}

/* Whole fields of the tables that lead elsewhere: offsets, sizes, indices. */
static void alter_fields(struct victim *v)
{
	static const uint32_t values[] = { 0, 1, 0x7fffffff, 0xffffffff,
					   0x80000000, 0xfff1, 64 };
	char *p = v->bytes.data;

	for (size_t at = 0; at + 4 <= v->bytes.len; at += 28) {
		uint32_t was;

		memcpy(&was, p + at, 4);
		memcpy(p + at, &values[at / 28 % ARRAY_SIZE(values)], 4);
		compare(v, p, v->bytes.len);
		memcpy(p + at, &was, 4);
	}
}

static void test_alter_fields(void **state)
{
	(void)state;
	each_victim(alter_fields);
}

static bool is_compared(const Elf64_Ehdr *e, const Elf64_Shdr *s)
{
	const Elf64_Shdr *shdr = (const void *)((const char *)e + e->e_shoff);
	const char *names = (const char *)e + shdr[e->e_shstrndx].sh_offset;

	return s->sh_flags & SHF_ALLOC && s->sh_type == SHT_PROGBITS &&
	       strcmp(names + s->sh_name, ".eh_frame");
}

/* Every bit of code and data counts, unless a relocation overwrites it. */
static void test_every_byte_counts(void **state)
{
	struct victim v;
	unsigned int checked = 0, equal = 0;
	const Elf64_Ehdr *e;
	const Elf64_Shdr *s;

	(void)state;
	victim_make(&v, ISOLATED);
	e = (const void *)v.bytes.data;
	s = (const void *)(v.bytes.data + e->e_shoff);
	for (unsigned int i = 0; i < e->e_shnum; i++) {
		for (size_t at = 0; is_compared(e, &s[i]) && at < s[i].sh_size;
		     at++) {
			char *p = v.bytes.data + s[i].sh_offset + at;

			*p ^= 1;
			checked++;
			equal += compare(&v, v.bytes.data, v.bytes.len) ==
				 RESULT_EQUAL;
			*p ^= 1;
		}
	}
	/* RELA leaves its fields zero; their bytes and only theirs are free. */
	for (unsigned int i = 0; i < e->e_shnum; i++)
		if (s[i].sh_type == SHT_RELA &&
		    is_compared(e, &s[s[i].sh_info]))
			for (size_t r = 0; r < s[i].sh_size / 24; r++) {
				const Elf64_Rela *rela = (const void *)
					(v.bytes.data + s[i].sh_offset);

				equal -= ELF64_R_TYPE(rela[r].r_info) ==
					 R_X86_64_64 ? 8 : 4;
			}
	assert_true(checked > 200);
	assert_int_equal(equal, 0);
	victim_release(&v);
}

/*
 * A relocation in the middle of things: its field covers the end of one
 * instruction and the begin of another, whose distance is a reference, too. And
 * one whose target wraps around, of an annotation about what is before it.
 */
static const char *const odd_relocs[] = {
	"int f(int x) { asm volatile(\"1: nop; .byte 0xe9; .long 0x1000; "
	".reloc 1b, R_X86_64_32, f\"); return x; }",
	"int f(int x) { asm volatile(\"1: nop; .byte 0x48, 0x8d, 0x05; "
	".long 0x1000; .reloc 1b + 1, R_X86_64_32, f\"); return x; }",
	"int f(int x) { return x; } asm(\".section .discard.unreachable,\\\"a\\\"; "
	"1: .quad 0; .reloc 1b, R_X86_64_64, f + 0x7fffffffffffffff; "
	".previous\");",
};

static void test_odd_relocs(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(odd_relocs); i++) {
		_cleanup_free_ char *object = compile("odd", 'r', odd_relocs[i],
						      ISOLATED);
		struct strv one = STRV_INIT, two = STRV_INIT;
		struct outcome o = OUTCOME_INIT(RUNG_CODE);

		strv_add(&one, object);
		strv_add(&two, object);
		strv_add(&two, object);
		assert_int_equal(objects_compare(&one, &two, NULL, &o, NULL),
				 0);
		assert_int_equal(o.result, RESULT_DIFFERENT);
		outcome_release(&o);
		strv_release(&one);
		strv_release(&two);
	}
}

/* So does where each relocation leads. */
static void test_every_relocation_counts(void **state)
{
	struct victim v;
	unsigned int checked = 0;
	const Elf64_Ehdr *e;
	const Elf64_Shdr *s;

	(void)state;
	victim_make(&v, ISOLATED);
	e = (const void *)v.bytes.data;
	s = (const void *)(v.bytes.data + e->e_shoff);
	for (unsigned int i = 0; i < e->e_shnum; i++) {
		Elf64_Rela *rela = (void *)(v.bytes.data + s[i].sh_offset);

		if (s[i].sh_type != SHT_RELA ||
		    !is_compared(e, &s[s[i].sh_info]))
			continue;
		for (size_t r = 0; r < s[i].sh_size / sizeof(*rela); r++) {
			rela[r].r_addend++;
			checked++;
			if (compare(&v, v.bytes.data, v.bytes.len) ==
			    RESULT_EQUAL)
				fail_msg("relocation %zu of section %u does not count",
					 r, i);
			rela[r].r_addend--;
		}
	}
	assert_true(checked > 20);
	victim_release(&v);
}

static bool is_compared_32(const Elf32_Ehdr *e, const Elf32_Shdr *s)
{
	const Elf32_Shdr *shdr = (const void *)((const char *)e + e->e_shoff);
	const char *names = (const char *)e + shdr[e->e_shstrndx].sh_offset;

	return s->sh_flags & SHF_ALLOC && s->sh_type == SHT_PROGBITS &&
	       strcmp(names + s->sh_name, ".eh_frame");
}

/* REL keeps addends in the fields, so that no byte is free. */
static void test_every_byte_counts_386(void **state)
{
	_cleanup_free_ char *flags = flags_386(ISOLATED);
	struct victim v;
	unsigned int checked = 0;
	const Elf32_Ehdr *e;
	const Elf32_Shdr *s;

	(void)state;
	victim_make(&v, flags);
	e = (const void *)v.bytes.data;
	s = (const void *)(v.bytes.data + e->e_shoff);
	for (unsigned int i = 0; i < e->e_shnum; i++) {
		for (size_t at = 0;
		     is_compared_32(e, &s[i]) && at < s[i].sh_size; at++) {
			char *p = v.bytes.data + s[i].sh_offset + at;

			*p ^= 1;
			checked++;
			if (compare(&v, v.bytes.data, v.bytes.len) ==
			    RESULT_EQUAL)
				fail_msg("byte %zu of section %u does not count",
					 at, i);
			*p ^= 1;
		}
	}
	assert_true(checked > 200);
	victim_release(&v);
}

static void refuse(const char *path, const char *why)
{
	struct strv one = STRV_INIT;
	struct outcome o = OUTCOME_INIT(RUNG_CODE);
	struct error err = ERROR_INIT;

	strv_add(&one, path);
	assert_int_equal(objects_compare(&one, &one, NULL, &o, &err), -1);
	if (!strstr(err.text, why) || !strstr(err.text, path))
		fail_msg("'%s', '%s' not in: %s", path, why, err.text);
	error_release(&err);
	outcome_release(&o);
	strv_release(&one);
}

static void test_refused(void **state)
{
	_cleanup_free_ char *source = xasprintf("%s/x.c", scratch);
	_cleanup_free_ char *none = xasprintf("%s/none.o", scratch);

	(void)state;
	assert_int_equal(fs_write(source, "int x;", 6, NULL), 0);
	refuse(source, "not an ELF object");
	refuse(none, "No such file");
	refuse("/proc/self/exe", "not a relocatable object");
	refuse(scratch, "");
}

static void test_other_machine(void **state)
{
	_cleanup_free_ char *a = compile("a", 'm', "int x;", PLAIN);
	_cleanup_free_ char *b = compile("b", 'm', "int x;", "-m32 " PLAIN);
	struct strv before = STRV_INIT, after = STRV_INIT;
	struct outcome o = OUTCOME_INIT(RUNG_CODE);
	struct error err = ERROR_INIT;

	(void)state;
	strv_add(&before, a);
	strv_add(&after, b);
	assert_int_equal(objects_compare(&before, &after, NULL, &o, &err), -1);
	assert_non_null(strstr(err.text, "another machine"));
	error_release(&err);
	strv_add(&before, b);
	assert_int_equal(objects_compare(&before, &before, NULL, &o, &err), -1);
	assert_non_null(strstr(err.text, "another machine"));
	error_release(&err);
	outcome_release(&o);
	strv_release(&before);
	strv_release(&after);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cut_short),
		cmocka_unit_test(test_alter_everywhere),
		cmocka_unit_test(test_alter_fields),
		cmocka_unit_test(test_every_byte_counts),
		cmocka_unit_test(test_every_byte_counts_386),
		cmocka_unit_test(test_every_relocation_counts),
		cmocka_unit_test(test_odd_relocs),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_other_machine),
	};

	return cmocka_run_group_tests(tests, make_scratch, drop_scratch);
}
