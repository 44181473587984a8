/* One question, what was typed, and what comes of it. */
#include "../unit.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/dialog.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct dialog *answering(const char *text, size_t n)
{
	char path[] = "/tmp/loaxa-dialog-XXXXXX";
	int fd = mkstemp(path);
	struct err err = { "" };
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, text, n), (ssize_t)n);
	close(fd);
	struct dialog *d = dialog_new(path, &err);
	ck_assert_msg(d != NULL, "%s", err.text);
	unlink(path);
	return d;
}

static bool is_number(void *self, const char *answer, struct err *why)
{
	++*(int *)self;
	return strspn(answer, "0123456789") == strlen(answer) || err_set(why, "no number");
}

START_TEST(an_answer_is_what_was_typed_or_proposed)
{
	static const struct {
		int line;
		const char *typed, *proposal;
		bool check;
		const char *want; /* NULL = left */
		int checked;
	} rows[] = {
		{ __LINE__, "Lan\n", NULL, false, "Lan", 0 },
		{ __LINE__, "  Lan  \t\r\n", "Mai", false, "Lan", 0 },
		{ __LINE__, "\n", "Mai", false, "Mai", 0 },
		{ __LINE__, "  \n", "", false, "", 0 },
		{ __LINE__, "\n\nLan\n", NULL, false, "Lan", 0 },
		{ __LINE__, "Lan", NULL, false, "Lan", 0 },
		{ __LINE__, "", "Mai", false, NULL, 0 },
		{ __LINE__, "q\n", "Mai", false, NULL, 0 },
		{ __LINE__, " Q \n", "Mai", false, NULL, 0 },
		{ __LINE__, "qua\n", NULL, false, "qua", 0 },
		{ __LINE__, "a\nb\n7\n", NULL, true, "7", 3 },
		{ __LINE__, "\n", "12", true, "12", 1 },
		{ __LINE__, "a\n", NULL, true, NULL, 1 },
		{ __LINE__,
			"ho\xCC\x80"
			"a\n",
			NULL, false, "hòa", 0 },
		{ __LINE__, "\xFF\x1B[2J\nLan\n", NULL, false, "Lan", 0 },
		{ __LINE__, "a\x1B[2J\nLan\n", NULL, false, "Lan", 0 },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct dialog *d = answering(rows[i].typed, strlen(rows[i].typed));
		int checked = 0;
		struct dialog_question q = { .text = "Name",
			.proposal = rows[i].proposal,
			.check = rows[i].check ? is_number : NULL,
			.self = &checked };
		char *answer = dialog_ask(d, &q);
		ck_assert_msg(!answer == !rows[i].want && (!answer || !strcmp(answer, rows[i].want)), "line %d: %s",
			rows[i].line, answer ? answer : "left");
		ck_assert_msg(checked == rows[i].checked, "line %d: checked %d times", rows[i].line, checked);
		mem_free(answer);
		dialog_free(&d);
		ck_assert_ptr_null(d);
	}
}
END_TEST

/* What is too long is asked for again, and its rest is no answer to the next question. */
START_TEST(a_long_answer_is_none)
{
	struct text t = { 0 };
	for (int i = 0; i < 100000; i++)
		text_add(&t, "x");
	text_add(&t, "\n1\n2\n");
	struct dialog *d = answering(t.at, t.n);
	struct dialog_question q = { .text = "Name" };
	char *first = dialog_ask(d, &q), *second = dialog_ask(d, &q);
	ck_assert_str_eq(first, "1");
	ck_assert_str_eq(second, "2");
	ck_assert_ptr_null(dialog_ask(d, &q));
	mem_free(first);
	mem_free(second);
	dialog_free(&d);
	text_free(&t);
}
END_TEST

START_TEST(who_never_answers_rightly_is_left)
{
	struct text t = { 0 };
	for (int i = 0; i < 1000; i++)
		text_add(&t, "x\n");
	struct dialog *d = answering(t.at, t.n);
	int checked = 0;
	ck_assert_ptr_null(
		dialog_ask(d, &(struct dialog_question){ .text = "Name", .check = is_number, .self = &checked }));
	ck_assert_int_eq(checked, 20);
	dialog_free(&d);
	text_free(&t);
}
END_TEST

START_TEST(a_yes_is_written_out)
{
	static const struct {
		const char *typed;
		enum dialog_reply want;
	} rows[] = { { "co\n", DIALOG_YES }, { "CÓ\n", DIALOG_YES }, { "c\n", DIALOG_YES }, { "y\n", DIALOG_YES },
		{ "yes\n", DIALOG_YES }, { "không\n", DIALOG_NO }, { "khong\n", DIALOG_NO }, { "k\n", DIALOG_NO },
		{ "n\n", DIALOG_NO }, { "no\n", DIALOG_NO }, { "q\n", DIALOG_LEFT }, { "", DIALOG_LEFT },
		{ "\n", DIALOG_LEFT }, { "\nco\n", DIALOG_YES }, { "chua\nco\n", DIALOG_YES } };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct dialog *d = answering(rows[i].typed, strlen(rows[i].typed));
		ck_assert_msg(dialog_yes(d, "Write") == rows[i].want, "%s", rows[i].typed);
		ck_assert(!dialog_is_typed(d));
		dialog_free(&d);
	}
}
END_TEST

START_TEST(answers_that_are_not_there_are_said)
{
	struct err err = { "" };
	ck_assert_ptr_null(dialog_new("/nonexistent/answers", &err));
	ck_assert_ptr_nonnull(strstr(err.text, "/nonexistent/answers"));
}
END_TEST

UNIT_MAIN("cli/dialog", an_answer_is_what_was_typed_or_proposed, a_long_answer_is_none,
	who_never_answers_rightly_is_left, a_yes_is_written_out, answers_that_are_not_there_are_said)
