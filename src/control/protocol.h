/* What goes over the control socket: one line of JSON each way.  Pure; any thread.
 *
 *	{"v":1,"do":"emergency","name":"bao","by":"Nguyễn Văn A"}     do: a verb of engine/command.h, "status" or "ping"
 *	{"v":1,"do":"emergency","name":"bao","file":"tin-moi.wav","sound":"…","now":true,"by":"…"}   prepared by the client
 *	{"v":1,"do":"speak","zones":"cum-1","limit_ms":600000,"rate":48000,"by":"…"}
 *	                                              with one descriptor (SCM_RIGHTS): a UNIX stream socket for samples
 *	{"v":1,"ok":true,"text":"…"}                                  and "status":{…} after a status request
 *
 * Whoever may open the socket is still not trusted with what ends up in the journal, on paper and on terminals: a
 * request with a field too many, of a wrong type, too long, or with characters that hide or reorder text is refused. */
#ifndef LOAXA_CONTROL_PROTOCOL_H
#define LOAXA_CONTROL_PROTOCOL_H

#include "engine/command.h"

#define PROTOCOL_LINE 4096          /* bytes of a request, its newline included */
#define PROTOCOL_REPLY (256 * 1024) /* bytes of a reply, its newline included */
#define PROTOCOL_BY 200             /* bytes of --by */
#define PROTOCOL_REASON 400
#define PROTOCOL_TEXT 1000 /* of a note */

enum request_kind { REQUEST_COMMAND, REQUEST_STATUS, REQUEST_PING };

/* Not to be copied: the command's strings point into `pool`. */
struct request {
	enum request_kind kind;
	struct command command; /* of REQUEST_COMMAND; uid and pcm are the server's to fill in */
	char pool[2 * PROTOCOL_LINE];
	size_t used;
};

/* One line, without or with its newline.  false: refused, why says so. */
bool protocol_read_request(const char *line, size_t bytes, struct request *, struct err *why);
/* The i-th field of a verb, in the order of the manual; NULL: no more. */
const char *protocol_field(enum verb, size_t i, bool *needed);
void protocol_write_command(const struct command *, struct text *out);
void protocol_write_request(enum request_kind, struct text *out); /* status, ping */

struct answer {
	bool done;
	char *text;   /* for people; never NULL */
	char *status; /* the engine's object, or NULL */
};

/* status: one JSON object, or NULL. */
void protocol_write_reply(bool done, const char *text, const char *status, struct text *out);
/* false: this is no reply.  protocol_free_answer afterwards in any case. */
bool protocol_read_reply(const char *line, size_t bytes, struct answer *);
void protocol_free_answer(struct answer *);

#endif
