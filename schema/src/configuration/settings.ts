import { nearestName } from './nearest-name.ts';
import { knownVariables } from './variables.ts';

/** A configuration file as it was read: lines of `NAME=value`, as systemd's EnvironmentFile= has them. */
export interface ConfigurationFile {
  readonly path: string;
  readonly text: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const ours = /^CORONER_/;
const nameOfSetting = /^[A-Z][A-Z0-9_]*$/;

/**
 * What a part is told: by the file, and over it by the environment. A value of nothing counts as not
 * set. Throws an error that names file and line, or the variable, and the name that may be meant:
 * in the file every name has to be one of `known`; in the environment those that begin with CORONER_
 * and look like one of ours mistyped are refused.
 */
export function settingsOf(
  known: readonly string[],
  environment: Environment,
  file: ConfigurationFile | null,
): Record<string, string> {
  for (const name of Object.keys(environment)) refuseMistyped(name, known);
  return { ...(file ? said(ofFile(file, known)) : {}), ...said(environment) };
}

function said(settings: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
    ),
  );
}

/** Others may have names that begin with CORONER_ too, such as Kubernetes for the services of a namespace. */
function refuseMistyped(name: string, known: readonly string[]): void {
  if (!ours.test(name) || known.includes(name) || knownVariables.includes(name)) return;
  const meant = nearestName(name, knownVariables);
  if (meant) throw new Error(`unknown variable ${name}; is ${meant} meant?`);
}

function ofFile({ path, text }: ConfigurationFile, known: readonly string[]): Environment {
  const settings: Record<string, string> = {};
  for (const [index, line] of text.split('\n').entries()) {
    const plain = line.trim();
    if (plain === '' || plain.startsWith('#') || plain.startsWith(';')) continue;
    const place = `${path}:${index + 1}`;
    const equals = plain.indexOf('=');
    const name = plain.slice(0, Math.max(0, equals)).trim();
    // The line itself may hold a password.
    if (!nameOfSetting.test(name)) throw new Error(`${place}: not of the form NAME=value`);
    if (!known.includes(name)) {
      const meant = nearestName(name, known);
      throw new Error(`${place}: unknown key ${name}${meant ? `; is ${meant} meant?` : ''}`);
    }
    if (Object.hasOwn(settings, name)) throw new Error(`${place}: ${name} is set twice`);
    settings[name] = unquoted(plain.slice(equals + 1).trim());
  }
  return settings;
}

const quotes = /^(["'])(.*)\1$/;
const unquoted = (value: string): string => quotes.exec(value)?.[2] ?? value;
