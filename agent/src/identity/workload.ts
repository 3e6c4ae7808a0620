/** What a cgroup path says about who manages the process. */
export interface Workload {
  /** systemd unit, the innermost; null in a container, whose units are not those of the host. */
  readonly unit: string | null;
  /** Container id in full, or the name where the runtime (LXC, nspawn) goes by name. */
  readonly container: string | null;
  /** Kubernetes pod uid, with dashes. */
  readonly pod: string | null;
}

const unitName = /^_?([\w:.\\@-]+\.(?:service|scope|socket|mount|swap))$/;

/** How container runtimes name the cgroup of a container. */
const containerNames: readonly RegExp[] = [
  // cgroupfs driver: /docker/<id>, /kubepods/burstable/pod<uid>/<id>, /ecs/<task>/<id>
  /^([0-9a-f]{64})$/,
  // systemd driver: docker-<id>.scope, cri-containerd-<id>.scope, crio-<id>.scope, libpod-<id>.scope
  /^[a-z][a-z-]*-([0-9a-f]{64})(?:\.scope)?$/,
  // containerd without the systemd driver under systemd: kubepods-….slice:cri-containerd:<id>
  /^[\w.-]+:[a-z][a-z-]*:([0-9a-f]{64})$/,
  /^lxc\.payload[.:](.+)$/,
  // machinectl and systemd-nspawn
  /^machine-(.+)\.scope$/,
  /^systemd-nspawn@(.+)\.service$/,
];

/** The monitor of a container runs beside it, not in it. */
const monitorName = /conmon-[0-9a-f]{64}(?:\.scope)?$/;
/** podman within a service (Quadlet): the unit outside is the container's own. */
const payloadName = /^libpod-payload-/;
const podName =
  /(?:^|-)pod([0-9a-f]{8})[-_]([0-9a-f]{4})[-_]([0-9a-f]{4})[-_]([0-9a-f]{4})[-_]([0-9a-f]{12})(?:\.slice)?(?=:|$)/;

/**
 * Reads a cgroup path of v1 or v2, such as `/system.slice/nginx.service`,
 * `/system.slice/docker-<id>.scope` or `/kubepods.slice/kubepods-pod<uid>.slice/crio-<id>.scope`.
 */
export function workloadOf(path: string): Workload {
  let unit: string | null = null;
  let pod: string | null = null;
  let parent = '';
  for (const part of path.split('/')) {
    pod = podIn(part) ?? pod;
    const container = parent === 'lxc' ? part : containerIn(part);
    if (container !== null)
      return { unit: payloadName.test(part) ? unit : null, container: unescaped(container), pod };
    unit = unitName.exec(part)?.[1] ?? unit;
    parent = part;
  }
  return { unit, container: null, pod };
}

function containerIn(part: string): string | null {
  if (monitorName.test(part)) return null;
  for (const form of containerNames) {
    const match = form.exec(part);
    if (match) return match[1] ?? null;
  }
  return null;
}

function podIn(part: string): string | null {
  return podName.exec(part)?.slice(1).join('-') ?? null;
}

/** systemd writes `-` of a name as `\x2d`, systemd.unit(5). */
function unescaped(name: string): string {
  return name.replace(/\\x([0-9a-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
