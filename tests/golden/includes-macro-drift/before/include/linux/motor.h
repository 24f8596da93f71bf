#define GPR(x) static inline int get_##x(void) { return x; }
GPR(rax)
enum motor_state { MOTOR_ON, MOTOR_OFF };
