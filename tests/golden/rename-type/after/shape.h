struct shape_side;

struct shape_side {
	int side;
	struct shape_side *next;
};

enum which {
	SHAPE_LEFT = 1,
	RIGHT = SHAPE_LEFT + 1,
};

typedef struct shape_side *side_t;
