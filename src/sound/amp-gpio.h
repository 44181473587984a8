/* One line of a GPIO chip as an output, through the kernel's character device (version 2, Linux 5.10 and later). */
#ifndef LOAXA_SOUND_AMP_GPIO_H
#define LOAXA_SOUND_AMP_GPIO_H

#include "base/err.h"

/* Takes the line and brings it to that level; a descriptor to close, or -1.  chip: the name of its device under /dev, or its label. */
int amp_gpio_hold(const char *chip, int line, bool high, struct err *);
bool amp_gpio_set(int descriptor, bool high, struct err *);

#endif
