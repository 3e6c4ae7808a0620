# machine.sh FOLDER: becomes a systemd that is the init of a container: this host's programs, read-only,
# its own processes, mounts, network and cgroups, and no units but those that are put into
# /etc/systemd/system. To be run under `unshare --pid --fork --mount --uts --ipc --net --cgroup`.
set -eu
root=$1/root
mount --make-rprivate /
mkdir -p "$root"
mount --rbind / "$root"
mount --make-rprivate "$root"
mount -o remount,bind,ro "$root"
for folder in run var/log etc/systemd sys/fs/cgroup; do
	mount -t tmpfs -o mode=755 tmpfs "$root/$folder"
done
mount -t proc proc "$root/proc"
cgroups=$root/sys/fs/cgroup
if [ "$2" = unified ]; then
	mount -t cgroup2 cgroup2 "$cgroups"
else
	mkdir "$cgroups/systemd" "$cgroups/unified"
	mount -t cgroup -o none,name=systemd systemd "$cgroups/systemd"
	mount -t cgroup2 cgroup2 "$cgroups/unified"
fi
mkdir -p "$root/etc/systemd/system" "$root/run/before"
printf '[Manager]\nDefaultTimeoutStopSec=1\n' >"$root/etc/systemd/system.conf"
printf '[Unit]\nDescription=laboratory\nDefaultDependencies=no\n' >"$root/etc/systemd/system/lab.target"
cd "$root"
pivot_root . run/before
umount -l /run/before
exec env -i container=lab PATH=/usr/sbin:/usr/bin SYSTEMD_LOG_TARGET=console \
	/usr/lib/systemd/systemd --system --unit=lab.target --show-status=no
