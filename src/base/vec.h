/* A growable array of any type:  struct { struct foo *at; size_t n, cap; } foos = { 0 };
 * Elements move when it grows: keep indexes, not pointers.  Not thread-safe. */
#ifndef LOAXA_BASE_VEC_H
#define LOAXA_BASE_VEC_H

#include "base/mem.h"

#include <string.h>

#define VEC(type)                                                                                                      \
	struct {                                                                                                       \
		type *at;                                                                                              \
		size_t n, cap;                                                                                         \
	}

#define vec_grow(v)                                                                                                    \
	((v)->n < (v)->cap ? (void)0                                                                                   \
			   : (void)((v)->cap = (v)->cap ? (v)->cap * 2 : 8,                                            \
				     (v)->at = mem_resize((v)->at, (v)->cap, sizeof *(v)->at)))

/* vec_push(&v, value) */
#define vec_push(v, ...) (vec_grow(v), (v)->at[(v)->n++] = (__VA_ARGS__))

/* takes element i out, keeping the order of the rest */
#define vec_remove(v, i) (memmove(&(v)->at[i], &(v)->at[(i) + 1], ((v)->n - (i)-1) * sizeof *(v)->at), (void)(v)->n--)

#define vec_free(v) (mem_free((v)->at), (v)->at = NULL, (v)->n = (v)->cap = 0)

#endif
