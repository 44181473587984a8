#include "sound/relay/drop.h"

#include "base/i18n.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

static bool become_nobody(struct err *err)
{
	const struct passwd *user = getpwnam("loaxa-relay");
	if (!user)
		user = getpwnam("nobody");
	if (!user || !user->pw_uid)
		return err_set(
			err, _("a relay is not fetched as root — there is no user loaxa-relay and no user nobody — "
			       "make one: adduser --system loaxa-relay"));
	gid_t gid = user->pw_gid;
	uid_t uid = user->pw_uid;
	if (setgroups(0, NULL) || setresgid(gid, gid, gid) || setresuid(uid, uid, uid))
		return err_set(err, _("cannot become user %s — %s — a relay is not fetched as root"), user->pw_name,
			strerror(errno));
	if (!setuid(0) || !setgid(0))
		return err_set(
			err, _("cannot become user %s — %s — a relay is not fetched as root"), user->pw_name, "0");
	return true;
}

bool drop_privileges(struct err *err)
{
	if (!geteuid() && !become_nobody(err))
		return false;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return err_set(err, _("cannot give up privileges — %s — a relay is not fetched"), strerror(errno));
	/* after the user has changed, which takes it back */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
	setrlimit(RLIMIT_NOFILE, &(struct rlimit){ 64, 64 });
	return true;
}
