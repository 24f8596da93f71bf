// SPDX-License-Identifier: GPL-2.0-only
/*
 * Needs of a cut: what crosses it and how it is named, and above all what only
 * looks like a use.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "driver/needs.h"
#include "lib/buf.h"
#include "lib/strv.h"

static void find_all(const struct items *items, const char *names,
		     size_t *found, size_t *nr)
{
	_cleanup_(strv_release) struct strv list = STRV_INIT;

	strv_split(&list, names, " ");
	for (size_t n = 0; n < list.nr; n++)
		for (size_t i = 0; i < items->nr; i++)
			if (item_is_definition(&items->v[i]) &&
			    streq(items->v[i].name, list.v[n]))
				found[(*nr)++] = i;
	assert_int_equal(*nr, list.nr);
}

/* The needs as "kind name<user:line" each, '+' before the name when it moves. */
static void check(const char *source, const char *names, const char *expected)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	struct items items;
	struct needs needs;
	size_t found[16], nr = 0;

	items_parse(source, strlen(source), &items);
	find_all(&items, names, found, &nr);
	needs_of_cut(&items, found, nr, &needs);
	for (size_t i = 0; i < needs.nr; i++) {
		const struct need *n = &needs.v[i];

		buf_addf(&text, "%s%s %s%s<%s:%u", i ? "; " : "",
			 need_kind_name(n->kind), n->moved ? "+" : "", n->name,
			 n->user, n->line);
	}
	assert_string_equal(text.data, expected);
	needs_release(&needs);
	items_release(&items);
}

/* A static function s in line 1, and a body of m that moves, in line 2. */
static void check_body(const char *body, bool is_use)
{
	_cleanup_(buf_release) struct buf source = BUF_INIT;

	buf_addf(&source, "static int s(int x) { return x; }\n%s\n", body);
	check(source.data, "m", is_use ? "promote-left s<m:2" : "");
}

static void test_functions(void **state)
{
	(void)state;
	check("static int s(void) { return 1; }\n"
	      "int m(void) { return s(); }\n",
	      "m", "promote-left s<m:2");
	check("static int s(void) { return 1; }\n"
	      "int m(void) { return s(); }\n",
	      "s", "promote-moved +s<m:2");
	check("static int s(void) { return 1; }\n"
	      "int m(void) { return s(); }\n",
	      "m s", "");
	check("int s(void) { return 1; }\nint m(void) { return s(); }\n", "m",
	      "");
	check("static int s(int x) { return x ? s(0) : 1; }\n", "s", "");
}

/* A static prototype makes the definition private, and uses nothing. */
static void test_prototypes(void **state)
{
	(void)state;
	check("static int s(void);\nint m(void) { return s(); }\n"
	      "int s(void) { return 1; }\n",
	      "m", "promote-left s<m:2");
	check("static int s(void);\nint a;\n"
	      "static int s(void) { return 1; }\nEXPORT_SYMBOL(s);\n",
	      "s", "");
}

static void test_data(void **state)
{
	(void)state;
	check("static int d, *e;\nint m(void) { return d + *e; }\n", "m",
	      "shared-data d<m:2; shared-data e<m:2");
	check("static int d;\nint m(void) { return d; }\n"
	      "int l(void) { return d; }\n",
	      "m d", "shared-data +d<l:3");
	check("static int d;\nint m(void) { return d; }\n", "m d", "");
	check("int d;\nint m(void) { return d; }\n", "m", "");
}

static void test_macros(void **state)
{
	(void)state;
	check("#define N 3\nint m(void) { return N; }\n", "m", "macro N<m:2");
	check("#define N 3\nint l(void) { return N; }\n"
	      "int m(void) { return N; }\n", "m N", "macro +N<l:2");
	check("static int s(void) { return 1; }\n"
	      "#define CALL(x) \\\n\t(s() + x)\n", "s",
	      "promote-moved +s<CALL:3");
	check("static int s(void) { return 1; }\n#define CALL(s) (s)\n"
	      "#define NAME(x) kvm_##s, s##x, #s\n", "s", "");
	check("#define N 3\nint m(void)\n{\n#if N > 2\n\treturn 1;\n#endif\n"
	      "\treturn 0;\n}\n", "m", "macro N<m:4");
	check("#define FAST\n#ifdef FAST\nint m(void) { return 0; }\n#endif\n",
	      "m", "macro FAST<ifdef:2");
}

/* What a header defines, and the file takes back above what moves. */
static void test_undefs(void **state)
{
	(void)state;
	check("#undef flush\nint m(void) { return flush(); }\n", "m",
	      "undef flush<m:2");
	check("int m(void) { return flush(); }\n#undef flush\n", "m", "");
	check("#undef flush\nint m(void) { return 1; }\n"
	      "int l(void) { return flush(); }\n", "m", "");
	check("#undef N\n#define N 3\nint m(void) { return N; }\n", "m",
	      "macro N<m:3");
}

/* A destination has the same macro only where its place decides nothing. */
static void assert_same_macro(const char *from, const char *to, bool same)
{
	struct items a, b;

	items_parse(from, strlen(from), &a);
	items_parse(to, strlen(to), &b);
	assert_int_equal(has_same_macro(&a, "N", &b), same);
	items_release(&a);
	items_release(&b);
}

static void test_same_macro(void **state)
{
	(void)state;
	assert_same_macro("#define N 3\n", "#define N 3\n", true);
	assert_same_macro("#define N 3\n", "#define N 4\n", false);
	assert_same_macro("#define N 3\n", "\n", false);
	assert_same_macro("#define N 3\n#undef N\n#define N 4\n",
			  "#define N 3\n", false);
	assert_same_macro("#define N 3\n#undef N\n", "#define N 3\n", false);
	assert_same_macro("#undef N\n#define N 3\n", "#define N 3\n", true);
}

static void test_types(void **state)
{
	(void)state;
	check("struct t { int a; };\nint m(struct t *t) { return t->a; }\n",
	      "m", "type t<m:2");
	check("struct t;\nint m(struct t *t) { return !t; }\n", "m", "");
	check("enum e { ONE, TWO };\nint m(void) { return TWO; }\n", "m",
	      "type TWO<m:2");
	check("typedef int num;\nint m(num n) { return n; }\n", "m",
	      "type num<m:2");
	check("struct t { int a; };\nint m(int t) { return t; }\n", "m", "");
}

static void test_all_branches_count(void **state)
{
	(void)state;
	check("static int s(void) { return 1; }\nint m(void)\n{\n"
	      "#ifdef A\n\treturn 0;\n#else\n\treturn s();\n#endif\n}\n",
	      "m", "promote-left s<m:7");
}

static void test_plain_uses(void **state)
{
	(void)state;
	check_body("int m(void) { return s(1); }", true);
	check_body("int m(void) { return reg(&s); }", true);
	check_body("int m(void) { struct o o = { .f = s }; return go(&o); }",
		   true);
	check_body("int m(int a) { return a ? s : a; }", true);
	check_body("int m(int a) { return a * s(a); }", true);
	check_body("int m(int a) { int b = 1; return b + s(a); }", true);
	check_body("int m(int a) { { int s = 1; a += s; } return s(a); }",
		   true);
	check_body("int m(struct t *t) { return t->f(s(1)); }", true);
}

static void test_members(void **state)
{
	(void)state;
	check_body("int m(struct t *t) { return t->s(1); }", false);
	check_body("int m(struct t t) { return t.s; }", false);
	check_body("int m(void) { struct o o = { .s = 1 }; return go(&o); }",
		   false);
	check_body("int m(void) { return offsetof(struct t, s); }", false);
	check_body("int m(void) { return offsetof(struct t, s.a[1]); }", false);
	check_body("int m(int *p) { return container_of(p, struct t, s)->a; }",
		   false);
	check_body("int m(void) { struct t *t; list_for_each_entry(t, &h, s) "
		   "go(t); return 0; }", false);
	check_body("int m(void) { struct { int s, *a; } x = {}; return x.a; }",
		   false);
	check_body("int m(struct s *p) { return go(p); }", false);
}

static void test_labels(void **state)
{
	(void)state;
	check_body("int m(int a) { if (a) goto s; a = 1; s: return a; }",
		   false);
}

static void test_shadows(void **state)
{
	(void)state;
	check_body("int m(int s) { return s; }", false);
	check_body("int m(const struct t *s) { return s->a; }", false);
	check_body("int m(int (*s)(int)) { return s(1); }", false);
	check_body("int m(void) { int a = 1, s = a; return s; }", false);
	check_body("int m(void) { struct t *s = get(); return s->a; }", false);
	check_body("int m(void) { u64 *s; s = get(); return *s; }", false);
	check_body("int m(void) { const char __user *s = u(); return *s; }",
		   false);
	check_body("int m(void) { int n = 0; for (int s = 0; s < 3; s++) n++; "
		   "return n; }", false);
	check_body("int m(void) { typeof(int) s = 1; return s; }", false);
	check_body("int m(void) { u8 s[4] = {}; return s[0]; }", false);
}

/* The case of facts/: a macro that pastes its argument, and is called. */
static void test_pasted(void **state)
{
	(void)state;
	check_body("int m(int a) { return kvm_x86_call(s)(a); }", false);
	check_body("int m(int a) { return register_handler(s); }", true);
	check_body("int m(int a) { return table(s, 1)(a); }", true);
	check("static int (*d)(int);\n"
	      "int m(int a) { return READ_ONCE(d)(a); }\n", "m",
	      "shared-data d<m:2");
}

static void test_one_need_a_name(void **state)
{
	(void)state;
	check("static int z(void) { return 1; }\n#define N 1\n"
	      "static int s(void) { return N; }\n"
	      "int m(void) { return s() + z() + s() + N; }\n"
	      "int n(void) { return z(); }\n", "m n",
	      "promote-left s<m:4; promote-left z<m:4; macro N<m:4");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_functions),
		cmocka_unit_test(test_prototypes),
		cmocka_unit_test(test_data),
		cmocka_unit_test(test_macros),
		cmocka_unit_test(test_undefs),
		cmocka_unit_test(test_same_macro),
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_all_branches_count),
		cmocka_unit_test(test_plain_uses),
		cmocka_unit_test(test_members),
		cmocka_unit_test(test_labels),
		cmocka_unit_test(test_shadows),
		cmocka_unit_test(test_pasted),
		cmocka_unit_test(test_one_need_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
