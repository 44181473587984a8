/* Where things lie: in the source tree the program was built in, else where `make install` puts them.
 * All results are to mem_free. */
#ifndef LOAXA_CLI_PLACE_H
#define LOAXA_CLI_PLACE_H

char *place_tree(void);    /* top of the source tree the binary lies in (TREE/build/loaxa), or NULL */
char *place_locale(void);  /* directory of message catalogues: beside the binary, else PREFIX/share/locale */
char *place_station(void); /* default DIR: TREE/schedules/loc-tho, else /etc/loaxa */
char *place_state(void);   /* default --state of a live station: TREE/build/state, else /var/lib/loaxa */
char *place_dry_run(void); /* default --state of a dry run: TREE/build/dry-run, else NULL (a temporary folder) */
char *place_store(void);   /* default --store: TREE/build/store, else /var/lib/loaxa/store */
char *place_reading(void); /* the table of cach-doc.txt: beside the binary, else PREFIX/share/loaxa */
char *place_program(const char *name); /* a program beside this one: "loaxa-prepare" */

#endif
