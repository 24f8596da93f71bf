#define VALVE_ARM 3
