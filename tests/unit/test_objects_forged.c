// SPDX-License-Identifier: GPL-2.0-only
/*
 * Objects that somebody forged: one field or two of a good object say what no
 * tool writes. Each gets the error that is meant for it, or an answer, at once.
 */
#define _GNU_SOURCE
#include "objects_helper.h"

#include <elf.h>
#include <time.h>

#define GIB4 (UINT64_C(4) << 30)

static const char text[] =
	"extern int num(int, int); extern void use(const void *);\n"
	"static int v[4]; int zeros[8];\n"
	"int f(int x) { use(\"one\"); return num(x, v[2]++) * 2; }\n"
	"int g(int x) { use(\"two\"); asm volatile(\"1: nop; .pushsection "
	"__ex_table,\\\"a\\\"; .long 1b - ., 1b - ., 3; .popsection\");"
	" return f(x + 1) + 2; }\n"
	"asm(\".section .text.c,\\\"axG\\\",@progbits,c,comdat; .globl c;"
	" c: ret; .previous\");\n";

struct forged {
	struct buf bytes;
	Elf64_Ehdr *header;
	Elf64_Shdr *sections;
};

static Elf64_Shdr *find(struct forged *f, const char *name)
{
	const Elf64_Shdr *names = &f->sections[f->header->e_shstrndx];

	for (int i = 1; i < f->header->e_shnum; i++)
		if (streq(f->bytes.data + names->sh_offset +
			  f->sections[i].sh_name, name))
			return &f->sections[i];
	fail_msg("no section %s", name);
	return NULL;
}

static uint32_t index_of(struct forged *f, const char *name)
{
	return (uint32_t)(find(f, name) - f->sections);
}

static void *first(struct forged *f, const char *name)
{
	return f->bytes.data + find(f, name)->sh_offset;
}

/* The symbol of the last function, which has a size. */
static Elf64_Sym *symbol(struct forged *f)
{
	const Elf64_Shdr *table = find(f, ".symtab");
	Elf64_Sym *s = first(f, ".symtab");
	size_t i = table->sh_size / sizeof(*s);

	while (ELF64_ST_TYPE(s[--i].st_info) != STT_FUNC)
		assert_true(i > 0);
	return &s[i];
}

static Elf64_Rela *reloc(struct forged *f)
{
	return first(f, ".rela.text.f");
}

#define FORGE(name, ...)                                                       \
	static void name(struct forged *f)                                     \
	{                                                                      \
		__VA_ARGS__;                                                   \
	}

FORGE(big_endian, f->header->e_ident[EI_DATA] = ELFDATA2MSB)
FORGE(no_order, f->header->e_ident[EI_DATA] = 0)
FORGE(class_32, f->header->e_ident[EI_CLASS] = ELFCLASS32)
FORGE(class_9, f->header->e_ident[EI_CLASS] = 9)
FORGE(i386_64, f->header->e_machine = EM_386)
FORGE(arm, f->header->e_machine = EM_ARM)
FORGE(program, f->header->e_type = ET_EXEC)
FORGE(version_9, f->header->e_version = 9)
FORGE(no_sections, f->header->e_shnum = 0; f->header->e_shoff = 0)
FORGE(all_sections, f->header->e_shnum = 0xfeff)
FORGE(extended_count, f->header->e_shnum = 0;
      f->sections[0].sh_size = UINT64_MAX / sizeof(Elf64_Shdr) + 2)
FORGE(headers_far, f->header->e_shoff = UINT64_MAX - 63)
FORGE(headers_on_header, f->header->e_shoff = 0)
FORGE(header_size, f->header->e_shentsize = 1)
FORGE(names_nowhere, f->header->e_shstrndx = 0xfeff)
FORGE(names_extended, f->header->e_shstrndx = SHN_XINDEX;
      f->sections[0].sh_link = UINT32_MAX)
FORGE(names_are_code, f->header->e_shstrndx = index_of(f, ".text.f"))
FORGE(name_far, find(f, ".text.f")->sh_name = UINT32_MAX)
FORGE(name_without_end, memset(first(f, ".shstrtab"), 'x',
			       find(f, ".shstrtab")->sh_size))
FORGE(symbols_without_end, memset(first(f, ".strtab"), 'x',
				  find(f, ".strtab")->sh_size))

FORGE(overlap, find(f, ".text.f")->sh_offset = find(f, ".text.g")->sh_offset)
FORGE(overlap_by_one, find(f, ".text.g")->sh_size = 0x400;
      find(f, ".text.g")->sh_offset = 0x41)
FORGE(on_header, find(f, ".text.f")->sh_offset = 0)
FORGE(on_headers, find(f, ".text.f")->sh_offset = f->header->e_shoff)
FORGE(size_4gib, find(f, ".text.f")->sh_size = GIB4)
FORGE(size_max, find(f, ".text.f")->sh_size = UINT64_MAX)
FORGE(size_wraps, find(f, ".text.f")->sh_offset = 64;
      find(f, ".text.f")->sh_size = UINT64_MAX - 32)
FORGE(offset_max, find(f, ".text.f")->sh_offset = UINT64_MAX)
FORGE(bss_4gib, find(f, ".bss.zeros")->sh_size = GIB4)
FORGE(bss_max, find(f, ".bss.zeros")->sh_size = UINT64_MAX)
FORGE(bss_huge, find(f, ".bss.zeros")->sh_size = INT64_MAX)
FORGE(code_nobits, find(f, ".text.f")->sh_type = SHT_NOBITS;
      find(f, ".text.f")->sh_size = GIB4)
FORGE(table_nobits, find(f, "__ex_table")->sh_type = SHT_NOBITS;
      find(f, "__ex_table")->sh_size = INT64_MAX)
FORGE(strings_nobits, find(f, ".strtab")->sh_type = SHT_NOBITS)
FORGE(symbols_nobits, find(f, ".symtab")->sh_type = SHT_NOBITS)
FORGE(relocs_nobits, find(f, ".rela.text.f")->sh_type = SHT_NOBITS)
FORGE(code_null, find(f, ".text.f")->sh_type = SHT_NULL)

FORGE(group_of_itself, *((uint32_t *)first(f, ".group") + 1) =
			       index_of(f, ".group"))
FORGE(group_of_none, *((uint32_t *)first(f, ".group") + 1) = UINT32_MAX)
FORGE(group_size, find(f, ".group")->sh_size = 3)
FORGE(group_of_relocs, find(f, ".group")->sh_info = UINT32_MAX)
FORGE(code_links_itself, find(f, ".text.f")->sh_flags |= SHF_LINK_ORDER;
      find(f, ".text.f")->sh_link = index_of(f, ".text.f"))
FORGE(symtab_is_strtab, find(f, ".symtab")->sh_link = index_of(f, ".symtab"))
FORGE(strtab_nowhere, find(f, ".symtab")->sh_link = UINT32_MAX)
FORGE(strtab_is_null, find(f, ".symtab")->sh_link = 0)
FORGE(symtab_size, find(f, ".symtab")->sh_size -= 1)
FORGE(symtab_entsize_0, find(f, ".symtab")->sh_entsize = 0)
FORGE(symtab_entsize_7, find(f, ".symtab")->sh_entsize = 7)
FORGE(two_symtabs, find(f, ".strtab")->sh_type = SHT_SYMTAB)
FORGE(locals_end_far, find(f, ".symtab")->sh_info = UINT32_MAX)

FORGE(symbol_name, symbol(f)->st_name = UINT32_MAX)
FORGE(symbol_nowhere, symbol(f)->st_shndx = 0xfeff)
FORGE(symbol_reserved, symbol(f)->st_shndx = SHN_LORESERVE)
FORGE(symbol_extended, symbol(f)->st_shndx = SHN_XINDEX)
FORGE(symbol_size, symbol(f)->st_size = UINT64_MAX)
FORGE(symbol_wraps, symbol(f)->st_value = 8;
      symbol(f)->st_size = UINT64_MAX - 7)
FORGE(symbol_value, symbol(f)->st_value = UINT64_MAX)
FORGE(symbol_odd, symbol(f)->st_info = 0xff; symbol(f)->st_other = 0xff)
FORGE(symbol_in_symtab, symbol(f)->st_shndx = index_of(f, ".symtab"))

FORGE(reloc_symbol, reloc(f)->r_info =
			    ELF64_R_INFO(find(f, ".symtab")->sh_size / 24, 2))
FORGE(reloc_symbol_max, reloc(f)->r_info = ELF64_R_INFO(UINT64_MAX >> 32, 2))
FORGE(reloc_null_symbol, reloc(f)->r_info = ELF64_R_INFO(0, R_X86_64_PC32))
FORGE(reloc_type, reloc(f)->r_info = ELF64_R_INFO(1, 0xffffffff))
FORGE(reloc_at_end, reloc(f)->r_offset = find(f, ".text.f")->sh_size - 3)
FORGE(reloc_behind, reloc(f)->r_offset = find(f, ".text.f")->sh_size)
FORGE(reloc_far, reloc(f)->r_offset = UINT64_MAX)
FORGE(reloc_twice, reloc(f)->r_offset = reloc(f)[1].r_offset - 1)
FORGE(reloc_addend, reloc(f)->r_addend = INT64_MIN)
FORGE(reloc_addend_max, reloc(f)->r_addend = INT64_MAX)
FORGE(relocs_of_null, find(f, ".rela.text.f")->sh_info = 0)
FORGE(relocs_of_none, find(f, ".rela.text.f")->sh_info = 0xfeff)
FORGE(relocs_of_themselves, find(f, ".rela.text.f")->sh_info =
				    index_of(f, ".rela.text.f"))
FORGE(relocs_of_bss, find(f, ".rela.text.f")->sh_info =
			     index_of(f, ".bss.zeros"))
FORGE(relocs_of_symbols, find(f, ".rela.text.f")->sh_info =
				 index_of(f, ".symtab"))
FORGE(relocs_rel, find(f, ".rela.text.f")->sh_type = SHT_REL)
FORGE(relocs_size, find(f, ".rela.text.f")->sh_size -= 5)
FORGE(relocs_entsize_0, find(f, ".rela.text.f")->sh_entsize = 0)
FORGE(relocs_entsize_7, find(f, ".rela.text.f")->sh_entsize = 7)
FORGE(relocs_link, find(f, ".rela.text.f")->sh_link = UINT32_MAX)

FORGE(pool_entsize_max, find(f, ".rodata.f.str1.1")->sh_entsize = UINT64_MAX)
FORGE(pool_entsize_odd, find(f, ".rodata.f.str1.1")->sh_entsize = 3)
FORGE(pool_without_end, memset(first(f, ".rodata.f.str1.1"), 'x',
			       find(f, ".rodata.f.str1.1")->sh_size))
FORGE(align_max, find(f, ".text.f")->sh_addralign = UINT64_MAX)
FORGE(align_odd, find(f, ".text.f")->sh_addralign = 3)
FORGE(flags_all, find(f, ".text.f")->sh_flags = UINT64_MAX)
FORGE(compressed, find(f, ".text.f")->sh_flags |= SHF_COMPRESSED)
FORGE(type_max, find(f, ".text.f")->sh_type = UINT32_MAX)

#define ROW(name, why) { #name, name, why }

static const struct forgery {
	const char *title;
	void (*forge)(struct forged *f);
	const char *why; /* part of the error; NULL: it is compared */
} forgeries[] = {
	ROW(big_endian, ""), /* libelf reads other numbers, or so do we */
	ROW(no_order, ""),
	ROW(class_32, "malformed"),
	ROW(class_9, "not an ELF object"),
	ROW(i386_64, "i386 object of 64 bits"),
	ROW(arm, "machine 40 is not supported"),
	ROW(program, "not a relocatable object"),
	ROW(version_9, NULL),
	ROW(no_sections, "no sections"),
	ROW(all_sections, ""),
	ROW(extended_count, ""),
	ROW(headers_far, ""),
	ROW(headers_on_header, "malformed"),
	ROW(header_size, "headers' size"),
	ROW(names_nowhere, "malformed"),
	ROW(names_extended, "malformed"),
	ROW(names_are_code, "no name"),
	ROW(name_far, "no name"),
	ROW(name_without_end, "no name"),
	ROW(symbols_without_end, "no name"),
	ROW(overlap, "overlap"),
	ROW(overlap_by_one, "overlap"),
	ROW(on_header, "overlap"),
	ROW(on_headers, "overlap"),
	ROW(size_4gib, "leaves the file"),
	ROW(size_max, "leaves the file"),
	ROW(size_wraps, "leaves the file"),
	ROW(offset_max, "leaves the file"),
	ROW(bss_4gib, NULL),
	ROW(bss_max, "too large"),
	ROW(bss_huge, NULL),
	ROW(code_nobits, NULL),
	ROW(table_nobits, NULL),
	ROW(strings_nobits, "no name"),
	ROW(symbols_nobits, "no symbol table"),
	ROW(relocs_nobits, NULL),
	ROW(code_null, NULL),
	ROW(group_of_itself, "section group's member"),
	ROW(group_of_none, "section group's member"),
	ROW(group_size, "whole number"),
	ROW(group_of_relocs, "section group"),
	ROW(code_links_itself, NULL),
	ROW(symtab_is_strtab, "no name"),
	ROW(strtab_nowhere, "no name"),
	ROW(strtab_is_null, "no name"),
	ROW(symtab_size, "whole number"),
	ROW(symtab_entsize_0, "symbol table"),
	ROW(symtab_entsize_7, ""),
	ROW(two_symtabs, ""),
	ROW(locals_end_far, NULL),
	ROW(symbol_name, "no name"),
	ROW(symbol_nowhere, "section does not exist"),
	ROW(symbol_reserved, "section does not exist"),
	ROW(symbol_extended, "section does not exist"),
	ROW(symbol_size, "leaves its section"),
	ROW(symbol_wraps, "leaves its section"),
	ROW(symbol_value, "leaves its section"),
	ROW(symbol_odd, NULL),
	ROW(symbol_in_symtab, NULL),
	ROW(reloc_symbol, "symbol does not exist"),
	ROW(reloc_symbol_max, "symbol does not exist"),
	ROW(reloc_null_symbol, NULL),
	ROW(reloc_type, "is not known"),
	ROW(reloc_at_end, "leaves its section"),
	ROW(reloc_behind, "leaves its section"),
	ROW(reloc_far, "leaves its section"),
	ROW(reloc_twice, "overlap"),
	ROW(reloc_addend, NULL),
	ROW(reloc_addend_max, NULL),
	ROW(relocs_of_null, "for no section"),
	ROW(relocs_of_none, "for no section"),
	ROW(relocs_of_themselves, NULL),
	ROW(relocs_of_bss, "leaves its section"),
	ROW(relocs_of_symbols, NULL),
	ROW(relocs_rel, "whole number"),
	ROW(relocs_size, "whole number"),
	ROW(relocs_entsize_0, "relocation table"),
	ROW(relocs_entsize_7, ""),
	ROW(relocs_link, NULL),
	ROW(pool_entsize_max, NULL),
	ROW(pool_entsize_odd, NULL),
	ROW(pool_without_end, NULL),
	ROW(align_max, NULL),
	ROW(align_odd, NULL),
	ROW(flags_all, ""),
	ROW(compressed, "compressed"),
	ROW(type_max, NULL),
};

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void check_answer(const struct forgery *row, const char *path,
			 int failed, const struct error *err,
			 const struct outcome *o)
{
	if (!failed && row->why)
		fail_msg("%s: not refused but %s", row->title,
			 result_name(o->result));
	if (failed && !row->why)
		fail_msg("%s: refused: %s", row->title, err->text);
	if (failed && (!strstr(err->text, row->why) ||
		       !strstr(err->text, path) || err->class != ERROR_INPUT))
		fail_msg("%s: '%s' not in: %s", row->title, row->why,
			 err->text);
	if (!failed)
		assert_int_not_equal(o->result, RESULT_NOT_RUN);
}

/* With the good object it came from, on either side, and with itself. */
static void compare(const struct forgery *row, const char *good,
		    const char *bad)
{
	const char *const pairs[][2] = { { good, bad }, { bad, good },
					 { bad, bad } };

	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++) {
		struct strv before = STRV_INIT, after = STRV_INIT;
		struct outcome o = OUTCOME_INIT(RUNG_CODE);
		struct error err = ERROR_INIT;
		double begin = seconds();
		int failed;

		strv_add(&before, pairs[i][0]);
		strv_add(&after, pairs[i][1]);
		failed = objects_compare(&before, &after, NULL, &o, &err);
		check_answer(row, bad, failed, &err, &o);
		if (seconds() - begin > 1)
			fail_msg("%s: took %f seconds", row->title,
				 seconds() - begin);
		error_release(&err);
		outcome_release(&o);
		strv_release(&before);
		strv_release(&after);
	}
}

static void check_forgery(void **state)
{
	const struct forgery *row = *state;
	_cleanup_free_ char *good = compile("good", 'f', text, ISOLATED);
	_cleanup_free_ char *bad = xasprintf("%s/bad.o", scratch);
	struct forged f = { .bytes = BUF_INIT };

	assert_int_equal(fs_read(good, &f.bytes, NULL), 0);
	f.header = (void *)f.bytes.data;
	f.sections = (void *)(f.bytes.data + f.header->e_shoff);
	row->forge(&f);
	assert_int_equal(fs_write(bad, f.bytes.data, f.bytes.len, NULL), 0);
	buf_release(&f.bytes);
	compare(row, good, bad);
}

int main(void)
{
	struct CMUnitTest tests[ARRAY_SIZE(forgeries)];

	for (size_t i = 0; i < ARRAY_SIZE(forgeries); i++)
		tests[i] = (struct CMUnitTest){
			.name = forgeries[i].title,
			.test_func = check_forgery,
			.initial_state = (void *)&forgeries[i],
		};
	return cmocka_run_group_tests(tests, make_scratch, drop_scratch);
}
