#define MODE 1
#define MODES (MODE | 2)

struct flags {
	int MODE_bit;
};
