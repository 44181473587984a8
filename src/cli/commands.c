#include "cli/cmd.h"

#include <stddef.h>

extern const struct cmd cmd_approve, cmd_check, cmd_dry_run, cmd_help, cmd_plan, cmd_version;
extern const struct cmd cmd_run, cmd_status, cmd_play, cmd_speak, cmd_emergency, cmd_cancel, cmd_stop, cmd_skip, cmd_hold,
	cmd_extend, cmd_drill, cmd_skip_session, cmd_duty, cmd_note,	cmd_release, cmd_off, cmd_on, cmd_volume, cmd_silence, cmd_reload, cmd_rollback, cmd_clock;

extern const struct cmd cmd_edit, cmd_import, cmd_say, cmd_log, cmd_show, cmd_devices, cmd_doctor, cmd_listen, cmd_test;
extern const struct cmd cmd_letter;
extern const struct cmd cmd_desk, cmd_report, cmd_review;
extern const struct cmd cmd_tell;

extern const struct cmd cmd_init, cmd_backup, cmd_restore, cmd_key;
extern const struct cmd cmd_export, cmd_verify;

const struct cmd *const commands[] = {
	&cmd_init,
	&cmd_check,
	&cmd_plan,
	&cmd_dry_run,
	&cmd_run,
	&cmd_desk,
	&cmd_status,
	&cmd_play,
	&cmd_speak,
	&cmd_emergency,
	&cmd_drill,
	&cmd_extend,
	&cmd_cancel,
	&cmd_stop,
	&cmd_skip,
	&cmd_skip_session,
	&cmd_hold,
	&cmd_release,
	&cmd_off,
	&cmd_on,
	&cmd_volume,
	&cmd_silence,
	&cmd_duty,
	&cmd_note,
	&cmd_letter,
	&cmd_edit,
	&cmd_reload,
	&cmd_rollback,
	&cmd_backup,
	&cmd_restore,
	&cmd_clock,
	&cmd_log,
	&cmd_show,
	&cmd_key,
	&cmd_report,
	&cmd_review,
	&cmd_export,
	&cmd_verify,
	&cmd_import,
	&cmd_say,
	&cmd_approve,
	&cmd_test,
	&cmd_listen,
	&cmd_devices,
	&cmd_doctor,
	&cmd_tell,
	&cmd_help,
	&cmd_version,
	NULL,
};
