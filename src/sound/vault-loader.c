#include "sound/vault-loader.h"

#include "base/mem.h"
#include "base/vec.h"

#include <pthread.h>
#include <string.h>

#define STACK_BYTES (256 * 1024)

struct vault_loader {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	/* under the lock, which is never held over a read */
	VEC(struct vault_order) orders;
	VEC(struct vault_result) results;
	bool quit;
};

/* Waits for it; false: no more will come. */
static bool next_order(struct vault_loader *l, struct vault_order *out)
{
	pthread_mutex_lock(&l->lock);
	while (!l->quit && !l->orders.n)
		pthread_cond_wait(&l->wake, &l->lock);
	bool any = !l->quit;
	if (any) {
		*out = l->orders.at[0];
		vec_remove(&l->orders, 0);
	}
	pthread_mutex_unlock(&l->lock);
	return any;
}

static void *work(void *self)
{
	struct vault_loader *l = self;
	struct vault_order o;
	while (next_order(l, &o)) {
		struct vault_result r = { .form = o.form, .block = vault_block_load(&o) };
		memcpy(r.sha256, o.sha256, sizeof r.sha256);
		mem_free(o.path);
		pthread_mutex_lock(&l->lock);
		vec_push(&l->results, r);
		pthread_mutex_unlock(&l->lock);
	}
	return NULL;
}

struct vault_loader *vault_loader_new(void)
{
	struct vault_loader *l = mem_new(struct vault_loader);
	pthread_attr_t attr;
	pthread_mutex_init(&l->lock, NULL);
	pthread_cond_init(&l->wake, NULL);
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, STACK_BYTES);
	bool runs = !pthread_create(&l->thread, &attr, work, l);
	pthread_attr_destroy(&attr);
	if (runs)
		return l;
	pthread_cond_destroy(&l->wake);
	pthread_mutex_destroy(&l->lock);
	mem_free(l);
	return NULL;
}

void vault_loader_free(struct vault_loader **pl)
{
	struct vault_loader *l = *pl;
	if (!l)
		return;
	pthread_mutex_lock(&l->lock);
	l->quit = true;
	pthread_cond_signal(&l->wake);
	pthread_mutex_unlock(&l->lock);
	pthread_join(l->thread, NULL);
	for (size_t i = 0; i < l->orders.n; i++)
		mem_free(l->orders.at[i].path);
	for (size_t i = 0; i < l->results.n; i++)
		vault_block_free(&l->results.at[i].block);
	vec_free(&l->orders);
	vec_free(&l->results);
	pthread_cond_destroy(&l->wake);
	pthread_mutex_destroy(&l->lock);
	mem_free(l);
	*pl = NULL;
}

void vault_loader_order(struct vault_loader *l, struct vault_order *o)
{
	pthread_mutex_lock(&l->lock);
	vec_push(&l->orders, *o);
	pthread_cond_signal(&l->wake);
	pthread_mutex_unlock(&l->lock);
	o->path = NULL;
}

bool vault_loader_take(struct vault_loader *l, struct vault_result *out)
{
	pthread_mutex_lock(&l->lock);
	bool any = l->results.n > 0;
	if (any) {
		*out = l->results.at[0];
		vec_remove(&l->results, 0);
	}
	pthread_mutex_unlock(&l->lock);
	return any;
}
