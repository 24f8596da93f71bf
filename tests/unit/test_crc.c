// SPDX-License-Identifier: GPL-2.0-only
/*
 * Dumps of genksyms, written by hand in its format: what a CRC was made of
 * before and after. A type is known, known by name only, or another one.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "verify/crc.h"

/* What port_open(struct port *) is made of: a port has lines, a line a mask. */
#define HEAD(crc) "#SYMVER port_open " crc "\n"
#define OPEN "port_open int port_open ( s#port * ) \n"
#define PORT "s#port struct port { t#u32 regs [ 2 ] ; s#line * lines ; } \n"
#define PORT_X "s#port struct port { UNKNOWN } \n"
#define LINE "s#line struct line { t#u32 mask ; s#port * port ; } \n"
#define LINE_X "s#line struct line { UNKNOWN } \n"
#define U32 "t#u32 typedef unsigned int u32 \n"
#define U64 "t#u32 typedef unsigned long u32 \n"

static enum crc_change compare(const char *before, const char *after,
			       char **ret)
{
	struct strv texts[2] = { STRV_INIT, STRV_INIT }, found = STRV_INIT;
	struct crc_dumps *a, *b;
	enum crc_change change;

	strv_add(&texts[0], "#SYMVER other 0x00000001\nother int other ( ) \n");
	strv_add(&texts[0], before);
	strv_add(&texts[1], after);
	a = crc_dumps_new(&texts[0]);
	b = crc_dumps_new(&texts[1]);
	change = crc_compare(a, "0x00000001", b, "0x00000002", "port_open",
			     &found);
	*ret = strv_join(&found, " ");
	strv_release(&found);
	strv_release(&texts[0]);
	strv_release(&texts[1]);
	crc_dumps_free(a);
	crc_dumps_free(b);
	return change;
}

static void assert_change(const char *before, const char *after,
			  enum crc_change want, const char *names)
{
	char *found;

	assert_int_equal(compare(before, after, &found), want);
	assert_string_equal(found, names);
	free(found);
}

static void test_incomplete(void **state)
{
	const char *whole = HEAD("0x00000001") OPEN PORT LINE U32;

	(void)state;
	/* what is in a type that one side does not know is not looked at */
	assert_change(whole, HEAD("0x00000002") OPEN PORT LINE_X U32,
		      CRC_INCOMPLETE, "line");
	assert_change(whole, HEAD("0x00000002") OPEN PORT_X, CRC_INCOMPLETE,
		      "port");
	assert_change(HEAD("0x00000001") OPEN PORT_X,
		      HEAD("0x00000002") OPEN PORT LINE U32, CRC_INCOMPLETE,
		      "port");
	/* types stand in the order in which they were met */
	assert_change(whole, HEAD("0x00000002") LINE_X U32 PORT OPEN,
		      CRC_INCOMPLETE, "line");
}

static void test_different(void **state)
{
	const char *whole = HEAD("0x00000001") OPEN PORT LINE U32;

	(void)state;
	assert_change(whole, HEAD("0x00000002") OPEN PORT LINE U64,
		      CRC_DIFFERENT, "u32");
	assert_change(whole,
		      HEAD("0x00000002") OPEN PORT U32
		      "s#line struct line { s#port * port ; t#u32 mask ; } \n",
		      CRC_DIFFERENT, "line");
	assert_change(whole,
		      HEAD("0x00000002") "port_open long port_open ( s#port * ) \n"
		      PORT LINE U32,
		      CRC_DIFFERENT, "port_open");
	assert_change(whole,
		      HEAD("0x00000002") OPEN PORT U32 "s#line struct line { } \n",
		      CRC_DIFFERENT, "line");
	/* one type is incomplete, and another one changed */
	assert_change(whole, HEAD("0x00000002") OPEN PORT LINE_X U64,
		      CRC_DIFFERENT, "u32");
	/* a name in UNKNOWN's place that only looks like it */
	assert_change(whole,
		      HEAD("0x00000002") OPEN PORT U32
		      "s#line struct line { UNKNOWN ; } \n",
		      CRC_DIFFERENT, "line");
}

static void test_not_known(void **state)
{
	const char *whole = HEAD("0x00000001") OPEN PORT LINE U32;

	(void)state;
	/* another compilation's dump; none; one that ends early */
	assert_change(whole, HEAD("0x00000003") OPEN PORT LINE_X U32,
		      CRC_UNKNOWN, "");
	assert_change(whole, "", CRC_UNKNOWN, "");
	assert_change(whole, HEAD("0x00000002"), CRC_UNKNOWN, "");
	assert_change(whole, HEAD("0x00000002") OPEN PORT, CRC_UNKNOWN, "");
	assert_change(whole, HEAD("0x00000002") OPEN PORT LINE U32, CRC_EQUAL,
		      "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_incomplete),
		cmocka_unit_test(test_different),
		cmocka_unit_test(test_not_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
