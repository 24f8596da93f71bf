#define VCPU_MODE 1
#define MODES (VCPU_MODE | 2)

struct flags {
	int MODE_bit;
};
