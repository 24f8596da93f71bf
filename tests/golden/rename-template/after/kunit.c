#include "mmu.c"

static void test(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, mmu_walk(1), 1);
}
