/* Word to the service manager over $NOTIFY_SOCKET (the protocol of sd_notify(3)), without libsystemd.  Without a
 * manager every call does nothing. */
#ifndef LOAXA_OS_NOTIFY_H
#define LOAXA_OS_NOTIFY_H

#include <stdbool.h>
#include <stdint.h>

bool notify_ready(const char *status); /* "READY=1"; status: one line for `systemctl status`, or NULL */
bool notify_stopping(void);
bool notify_alive(void);             /* pets the watchdog */
bool notify_patience(int64_t us);    /* from now on that is what the watchdog allows */
int64_t notify_alive_every_us(void); /* half of what the manager allows; 0 = it does not watch us */

#endif
