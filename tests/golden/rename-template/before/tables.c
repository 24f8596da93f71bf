static int (*const walks[])(int level) = { walk, };
