extern int lamp_limit[LAMP_MAX];
