struct side;

struct side {
	int side;
	struct side *next;
};

enum which {
	LEFT = 1,
	RIGHT = LEFT + 1,
};

typedef struct side *side_t;
