int tank_size(void);
