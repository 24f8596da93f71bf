// SPDX-License-Identifier: GPL-2.0-only
/*
 * How many bytes a relocation fills, by the psABIs of both machines. A type that
 * is not here is not known to anybody behind elf.c, and its object refused.
 */
#include "elf.h"

static unsigned int reloc_size_x86_64(uint32_t type)
{
	switch (type) {
	case R_X86_64_8:
	case R_X86_64_PC8:
		return 1;
	case R_X86_64_16:
	case R_X86_64_PC16:
		return 2;
	case R_X86_64_64:
	case R_X86_64_PC64:
	case R_X86_64_GOTOFF64:
	case R_X86_64_GOT64:
	case R_X86_64_GOTPCREL64:
	case R_X86_64_GOTPC64:
	case R_X86_64_GOTPLT64:
	case R_X86_64_PLTOFF64:
	case R_X86_64_SIZE64:
	case R_X86_64_DTPMOD64:
	case R_X86_64_DTPOFF64:
	case R_X86_64_TPOFF64:
		return 8;
	case R_X86_64_32:
	case R_X86_64_32S:
	case R_X86_64_PC32:
	case R_X86_64_PLT32:
	case R_X86_64_GOT32:
	case R_X86_64_GOTPCREL:
	case R_X86_64_GOTPCRELX:
	case R_X86_64_REX_GOTPCRELX:
	case R_X86_64_GOTPC32:
	case R_X86_64_GOTPC32_TLSDESC:
	case R_X86_64_TLSGD:
	case R_X86_64_TLSLD:
	case R_X86_64_DTPOFF32:
	case R_X86_64_GOTTPOFF:
	case R_X86_64_TPOFF32:
	case R_X86_64_SIZE32:
		return 4;
	}
	return 0;
}

static unsigned int reloc_size_386(uint32_t type)
{
	switch (type) {
	case R_386_8:
	case R_386_PC8:
		return 1;
	case R_386_16:
	case R_386_PC16:
		return 2;
	case R_386_32:
	case R_386_PC32:
	case R_386_PLT32:
	case R_386_GOT32:
	case R_386_GOT32X:
	case R_386_GOTOFF:
	case R_386_GOTPC:
	case R_386_TLS_LE:
	case R_386_TLS_IE:
	case R_386_TLS_GOTIE:
	case R_386_TLS_LE_32:
	case R_386_SIZE32:
		return 4;
	}
	return 0;
}

unsigned int reloc_size(uint16_t machine, uint32_t type)
{
	return machine == EM_386 ? reloc_size_386(type) :
				   reloc_size_x86_64(type);
}
