# machine.sh FOLDER LAYOUT FILES: becomes a systemd that is the init of a container: this host's
# programs (FILES: "read-only", or "copied": what is written goes with the machine), its own
# processes, mounts and cgroups, and no units but those that are put into /etc/systemd/system.
# To be run under `unshare --pid --fork --mount --uts --ipc --cgroup`, and with --net for a network
# of its own.
set -eu
root=$1/root
mount --make-rprivate /
mkdir -p "$root"
if [ "$3" = copied ]; then
	mount -t tmpfs tmpfs "$root"
	mkdir "$root/written" "$root/work" "$root/all"
	mount -t overlay -o "lowerdir=/,upperdir=$root/written,workdir=$root/work" overlay "$root/all"
	root=$root/all
	for folder in dev sys; do
		mount --rbind "/$folder" "$root/$folder"
	done
else
	mount --rbind / "$root"
	mount --make-rprivate "$root"
	mount -o remount,bind,ro "$root"
fi
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
