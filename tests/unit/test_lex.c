// SPDX-License-Identifier: GPL-2.0-only
/*
 * The lexer: each kind of token, splices in each of them, what is left open,
 * and that the tokens cover every byte.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "lib/buf.h"
#include "lib/lex.h"

static void check_coverage(const struct tokens *t)
{
	size_t at = 0;
	unsigned int line = 1;

	for (size_t i = 0; i < t->nr; i++) {
		assert_int_equal(t->v[i].begin, at);
		assert_int_equal(t->v[i].line, line);
		assert_true(t->v[i].end > at);
		for (; at < t->v[i].end; at++)
			line += t->text[at] == '\n';
	}
	assert_int_equal(at, t->len);
}

/*
 * The tokens as kind letters and spellings: "i:a p:+ n:1"; space is left out;
 * '!' marks what is unterminated.
 */
static void check_bytes(const char *text, size_t len, const char *expected)
{
	static const char letters[] = "_cdinstp";
	struct buf found = BUF_INIT;
	struct tokens t;

	lex(text, len, &t);
	check_coverage(&t);
	for (size_t i = 0; i < t.nr; i++) {
		char *spelling = token_spelling(&t, i);

		if (!memchr(text + t.v[i].begin, '\0',
			    t.v[i].end - t.v[i].begin))
			assert_true(token_is(&t, i, spelling));
		if (t.v[i].kind != TOKEN_SPACE)
			buf_addf(&found, "%s%c%s:%s", found.len ? " " : "",
				 letters[t.v[i].kind], t.v[i].bad ? "!" : "",
				 spelling);
		free(spelling);
	}
	assert_string_equal(found.data, expected);
	buf_release(&found);
	tokens_release(&t);
}

static void check(const char *text, const char *expected)
{
	check_bytes(text, strlen(text), expected);
}

static void identifiers(void **state)
{
	(void)state;
	check("a _b1 $c", "i:a i:_b1 i:$c");
	check("\xc3\xa4 a\xc3\xa4", "i:\xc3\xa4 i:a\xc3\xa4");
	check("ab\\\ncd", "i:abcd");
	check("ab\\ \t\ncd", "i:abcd");
	check("ab\\\r\ncd", "i:abcd");
	check("ab\\\n\\\ncd", "i:abcd");
	check("ab\\\n cd", "i:ab i:cd");
	check("ab\\cd", "i:ab p:\\ i:cd");
	check("L u8 U u", "i:L i:u8 i:U i:u");
}

static void numbers(void **state)
{
	(void)state;
	check("0 0x1fUL 1.5e-3 .5 1..2 0x1p+3f", "n:0 n:0x1fUL n:1.5e-3 n:.5 "
	      "n:1..2 n:0x1p+3f");
	check("1+2 0xe+1 1e\\\n+5", "n:1 p:+ n:2 n:0xe+1 n:1e+5");
	check("1\\\n2 .\\\n5", "n:12 n:.5");
	check("1.e", "n:1.e");
	check("a.b .x ...", "i:a p:. i:b p:. i:x p:...");
}

static void strings(void **state)
{
	(void)state;
	check("\"a\" 'b' L\"c\" u8\"d\" U'e' u\"f\"",
	      "s:\"a\" t:'b' s:L\"c\" s:u8\"d\" t:U'e' s:u\"f\"");
	check("\"a\\\"b\" '\\'' '\"' \"'\"",
	      "s:\"a\\\"b\" t:'\\'' t:'\"' s:\"'\"");
	check("\"a\\\nb\" \"\\\\\" c", "s:\"ab\" s:\"\\\\\" i:c");
	/* an escape whose second character is on the next line */
	check("\"a\\\\\n\"b\" c", "s:\"a\\\"b\" i:c");
	check("L\\\n\"a\" u\\\n8\"b\"", "s:L\"a\" s:u8\"b\"");
	check("\"/*\" /* \" */ \"//\"", "s:\"/*\" c:/* \" */ s:\"//\"");
	check("\"a\nb", "s!:\"a i:b");
	check("'a\nb \"", "t!:'a i:b s!:\"");
	check("\"a\\", "s!:\"a\\");
}

static void comments(void **state)
{
	(void)state;
	check("/* a */ b /**/ /***/", "c:/* a */ i:b c:/**/ c:/***/");
	check("/* * / */ /*/ */", "c:/* * / */ c:/*/ */");
	check("// a\nb", "c:// a i:b");
	check("// a \\\n b\nc", "c:// a  b i:c");
	check("// a \\ \n b\nc", "c:// a  b i:c");
	check("/\\\n* a *\\\n/ b", "c:/* a */ i:b");
	check("/\\\n/ a\nb", "c:// a i:b");
	check("/* // */ a // /*\nb", "c:/* // */ i:a c:// /* i:b");
	check("/* a", "c!:/* a");
	check("/* a *", "c!:/* a *");
	check("/*/", "c!:/*/");
	check("a / b", "i:a p:/ i:b");
}

static void operators(void **state)
{
	(void)state;
	check("-> ++ -- << >> <= >= == != && ||",
	      "p:-> p:++ p:-- p:<< p:>> p:<= p:>= p:== p:!= p:&& p:||");
	check("*= /= %= += -= <<= >>= &= ^= |=",
	      "p:*= p:/= p:%= p:+= p:-= p:<<= p:>>= p:&= p:^= p:|=");
	check("a ## # <: :> <% %> %: %:%:",
	      "i:a p:## p:# p:<: p::> p:<% p:%> p:%: p:%:%:");
	check("+++ --- <<<= ... ..", "p:++ p:+ p:-- p:- p:<< p:<= p:... p:. p:.");
	check("{}()[];,~?", "p:{ p:} p:( p:) p:[ p:] p:; p:, p:~ p:?");
	check("-\\\n> <\\\n<\\\n=", "p:-> p:<<=");
	check("@ ` \\", "p:@ p:` p:\\");
}

static void directives(void **state)
{
	(void)state;
	check("#define A 1\nb", "d:#define A 1 i:b");
	check("  # if X\nb", "d:# if X i:b");
	check("/* a\n */ #if X", "c:/* a\n */ d:#if X");
	check("a #if X", "i:a p:# i:if i:X");
	check("a /*\n*/ #if X", "i:a c:/*\n*/ p:# i:if i:X");
	check("#define A \\\n 1\nb", "d:#define A  1 i:b");
	check("#define A /* \n */ 1\nb", "d:#define A /* \n */ 1 i:b");
	check("#define A // x \\\n y\nb", "d:#define A // x  y i:b");
	check("#define A \"/*\"\nb", "d:#define A \"/*\" i:b");
	check("#error it's /* this\nb", "d:#error it's /* this i:b");
	check("#include <a//b.h>\nb", "d:#include <a//b.h> i:b");
	check("#include <a/*b.h>\nb", "d:#include <a/*b.h> i:b");
	check("#define A <a//b>\nb", "d:#define A <a//b> i:b");
	check("#\nb\n##\n", "d:# i:b p:##");
	check("%:if X\nb", "d:%:if X i:b");
	check("%\\\n:if X\nb", "d:%:if X i:b");
	check("\\\n#if X\nb", "d:#if X i:b");
	check("#define A /* x", "d!:#define A /* x");
	check("#if 0\ndon't\n#endif\n", "d:#if 0 i:don t!:'t d:#endif");
}

static void directive_names(void **state)
{
	static const char text[] = "#if\n# /* c */\tdefine A\n#\n"
				   "# 12 \"a.c\" 2\n#el\\\nse\n%:endif//\n";
	static const char *const names[] = { "if", "define", "", "12", "else",
					     "endif" };
	size_t nr = 0, len;
	struct tokens t;

	(void)state;
	lex(text, strlen(text), &t);
	for (size_t i = 0; i < t.nr; i++) {
		if (t.v[i].kind != TOKEN_DIRECTIVE)
			continue;
		assert_true(token_directive_is(&t, i, names[nr]));
		assert_false(token_directive_is(&t, i, "els"));
		assert_false(token_directive_is(&t, i, "elsee"));
		token_directive(&t, i, &len);
		assert_true(len >= strlen(names[nr]));
		nr++;
	}
	assert_int_equal(nr, 6);
	tokens_release(&t);
}

static void next_and_is(void **state)
{
	static const char text[] = " a /* b */\n#if C\nd";
	struct tokens t;
	size_t i;

	(void)state;
	lex(text, strlen(text), &t);
	i = token_next(&t, 0);
	assert_true(token_is(&t, i, "a"));
	assert_false(token_is(&t, i, "ab"));
	assert_false(token_is(&t, i, ""));
	i = token_next(&t, i + 1);
	assert_true(token_is(&t, i, "d"));
	assert_int_equal(token_next(&t, i + 1), t.nr);
	assert_false(token_is(&t, t.nr, "d"));
	tokens_release(&t);
}

static void odd_bytes(void **state)
{
	(void)state;
	check("", "");
	check("\n", "");
	check("\\\n", "");
	check("a\r\n#if X\r\nb", "i:a d:#if X\r i:b");
	check_bytes("a\0b", 3, "i:a p: i:b");
	check_bytes("\"a\0b\"", 5, "s:\"a");
	check("\x01 \x7f", "p:\x01 p:\x7f");
}

static void words(void **state)
{
	static const char text[] = "xf f2 $f, \"f\" /* f */";
	size_t at;

	(void)state;
	assert_true(find_name(text, strlen(text), "f", 0, &at));
	assert_int_equal(at, 7);
	assert_true(find_name(text, strlen(text), "f", 8, &at));
	assert_int_equal(at, 11);
	assert_true(find_name(text, strlen(text), "f", 12, &at));
	assert_int_equal(at, 17);
	assert_false(find_name(text, strlen(text), "f", 18, &at));
	assert_true(mentions("f", 1, "f"));
	assert_false(mentions("", 0, "f"));
	assert_false(mentions("f_", 2, "f"));
}

/* Whatever two bytes stand together, nothing is lost and nothing is read twice. */
static void all_pairs(void **state)
{
	(void)state;
	for (int pair = 0; pair < 1 << 16; pair++) {
		char text[] = { 'a', (char)pair, (char)(pair >> 8), '\n' };
		struct tokens t;

		lex(text, sizeof(text), &t);
		check_coverage(&t);
		tokens_release(&t);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(identifiers),
		cmocka_unit_test(numbers),
		cmocka_unit_test(strings),
		cmocka_unit_test(comments),
		cmocka_unit_test(operators),
		cmocka_unit_test(directives),
		cmocka_unit_test(directive_names),
		cmocka_unit_test(next_and_is),
		cmocka_unit_test(odd_bytes),
		cmocka_unit_test(words),
		cmocka_unit_test(all_pairs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
