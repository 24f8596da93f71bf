static int (*const walks[])(int level) = { mmu_walk, };
