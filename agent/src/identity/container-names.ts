import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the runtimes of a host keep what their containers are called. */
export interface ContainerPlaces {
  /** A folder a container, with `config.v2.json`; of docker. */
  docker: string;
  /** A list of containers with their names; of podman. */
  podman: string;
  /** A folder a pod, `NAMESPACE_NAME_UID`; of the kubelet. */
  pods: string;
}

const usual: ContainerPlaces = {
  docker: '/var/lib/docker/containers',
  podman: '/var/lib/containers/storage/overlay-containers/containers.json',
  pods: '/var/log/pods',
};
const fullId = /^[0-9a-f]{64}$/;
const shortestPrefix = 3;

/**
 * What the names that somebody typed stand for on this host: full ids of containers, uids of pods.
 * Looked up at once, for a container that is removed takes its name along.
 */
export function containerIds(places: ContainerPlaces = usual) {
  return (of: 'container' | 'pod', names: readonly string[]): string[] => {
    if (names.length === 0) return [];
    const found =
      of === 'pod' ? pods(places.pods) : [...docker(places.docker), ...podman(places.podman)];
    const isMeant = ({ id, name }: Named): boolean =>
      names.some((typed) => typed === name || isPrefix(typed, id));
    return [...new Set(found.filter(isMeant).map(({ id }) => id))];
  };
}

interface Named {
  id: string;
  name: string;
}

const isPrefix = (typed: string, id: string): boolean =>
  typed.length >= shortestPrefix && fullId.test(id) && id.startsWith(typed);

function docker(folder: string): Named[] {
  return entries(folder)
    .filter((id) => fullId.test(id))
    .map((id) => {
      const config = parsed(join(folder, id, 'config.v2.json')) as { Name?: unknown } | null;
      return { id, name: typeof config?.Name === 'string' ? config.Name.replace(/^\//, '') : '' };
    });
}

function podman(path: string): Named[] {
  const list = parsed(path);
  if (!Array.isArray(list)) return [];
  return list.flatMap(({ id, names }: { id?: unknown; names?: unknown }) =>
    typeof id === 'string' && Array.isArray(names)
      ? names.map((name) => ({ id, name: String(name) }))
      : [],
  );
}

function pods(folder: string): Named[] {
  return entries(folder).flatMap((entry) => {
    const [, name, id] = entry.split('_');
    return name && id ? [{ id, name }] : [];
  });
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // A host without this runtime, or an agent that may not look.
    return [];
  }
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // The same; or it is being written anew at this moment.
    return null;
  }
}
