#ifdef PUMP_CACHE_H
int valve;
#endif
