/* lamps */
int lamp;
