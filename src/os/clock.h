/* The machine's own clocks and identity.  Any thread. */
#ifndef LOAXA_OS_CLOCK_H
#define LOAXA_OS_CLOCK_H

#include "base/clock.h"

/* CLOCK_REALTIME, CLOCK_BOOTTIME (counts through suspend), the kernel's word on synchronisation, and as floor the
 * date the program was built: a clock that shows less has lost its battery. */
struct clock os_clock(void);

/* The kernel's id of this boot, "" when it cannot be read. */
#define OS_BOOT_ID_BYTES 37
void os_boot_id(char out[OS_BOOT_ID_BYTES]);

#endif
