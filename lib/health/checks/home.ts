import { bad, defineCheck, good, weak } from "../check.ts";
import { mayWrite, statOf } from "../machine-files.ts";

export default defineCheck({
  name: "home",
  area: "machine",
  summary: "HOME is a folder of yours that can be written",
  severity: "warning",
  probe({ env, user }) {
    const home = env["HOME"];
    if (home === undefined || !home.startsWith("/")) {
      return bad(home === undefined ? "HOME is not set" : `HOME is \`${home}\`, which is no absolute path`, {
        command: 'export HOME="$(getent passwd "$(id -u)" | cut -d: -f6)"',
      });
    }
    const stats = statOf(home);
    if (stats?.isDirectory() !== true) {
      return bad(`${home} ${stats === undefined ? "is not there" : "is no folder"}`, { command: `mkdir -p ${home}` });
    }
    if (!mayWrite(home)) {
      return bad(`${home} cannot be written: trust, results and logs are not kept`, { command: `ls -ld ${home}` });
    }
    // As root, with the HOME of someone else (`sudo` without -H), files would become root's there.
    return stats.uid === user.uid
      ? good(home)
      : weak(`${home} belongs to the user ${stats.uid}, and you are ${user.name} (${user.uid})`, {
          command: "sudo -H k …",
          text: "where you came here by sudo",
        });
  },
});
