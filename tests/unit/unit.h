/* What every unit test program needs: one suite, one main, tables with line numbers. */
#ifndef LOAXA_TESTS_UNIT_H
#define LOAXA_TESTS_UNIT_H

#include <check.h>
#include <stdlib.h>

/* UNIT_MAIN("room/module", test_a, test_b …): runs each START_TEST as a case of its own. */
#define UNIT_MAIN(name, ...)                                                                                 \
	int main(void)                                                                                       \
	{                                                                                                    \
		const TTest *all[] = { __VA_ARGS__ };                                                        \
		Suite *suite = suite_create(name);                                                           \
		TCase *cases = tcase_create(name);                                                           \
		tcase_set_timeout(cases, 300);                                                       \
		for (size_t i = 0; i < sizeof all / sizeof *all; i++)                                        \
			tcase_add_test(cases, all[i]);                                                       \
		suite_add_tcase(suite, cases);                                                               \
		SRunner *runner = srunner_create(suite);                                                     \
		srunner_run_all(runner, CK_ENV);                                                             \
		int failed = srunner_ntests_failed(runner);                                                  \
		srunner_free(runner);                                                                        \
		return failed ? EXIT_FAILURE : EXIT_SUCCESS;                                                 \
	}

#endif
