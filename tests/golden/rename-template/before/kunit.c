#include "mmu.c"

static void test(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, walk(1), 1);
}
