#define VALVE_SPEED 3
