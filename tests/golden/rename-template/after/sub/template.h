/* walk() is the includer's. */
static int FNAME(walk)(int level)
{
	return mmu_walk(level - 1);
}
