int deep_water(void);
