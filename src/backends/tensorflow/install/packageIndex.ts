import { request } from 'undici';
import { proxyAgent, redirecting } from '../../../models/download/proxyAgent';
import { runProgram } from './program';
import type { PrivatePython } from './python';
import type { Wheel } from './wheels';

const PUBLIC_INDEX = 'https://pypi.org/simple/';

/** An index that does not answer within this is left to pip. */
const TIMEOUT_MS = 20_000;

/** Settings that only pip itself can honour. */
const PIPS_OWN =
  /^(no-index|find-links|extra-index-url|cert|client-cert|proxy|trusted-host|keyring-provider)$/;

/**
 * Where a wheel lies according to the package index that pip is set to use, whose page names every file with its hash.
 * Undefined where only pip can tell: with settings of its own, a password, or an index that cannot be read here.
 */
export async function findWheel(
  python: PrivatePython,
  wheel: Wheel,
  signal?: AbortSignal,
): Promise<URL | undefined> {
  const index = await indexOf(python, signal);
  if (index === undefined) return undefined;
  const page = new URL(`${wheel.name}/`, index);
  const agent = proxyAgent();
  try {
    const patience = AbortSignal.timeout(TIMEOUT_MS);
    const { statusCode, body } = await request(page, {
      dispatcher: redirecting(agent),
      signal: signal === undefined ? patience : AbortSignal.any([signal, patience]),
      headers: { 'user-agent': 'atelier', accept: 'text/html' },
    });
    const text = await body.text();
    return statusCode === 200 ? linkOf(text, wheel.sha256, page) : undefined;
  } catch {
    return undefined;
  } finally {
    await agent.destroy();
  }
}

/** The link of a page of an index (PEP 503) to the file with this hash. */
function linkOf(page: string, sha256: string, base: URL): URL | undefined {
  const [, link] = new RegExp(`href\\s*=\\s*["']([^"'#]+)#sha256=${sha256}["']`, 'i').exec(page) ?? [];
  if (link === undefined) return undefined;
  const url = new URL(link.replaceAll('&amp;', '&'), base);
  return /^https?:$/.test(url.protocol) ? url : undefined;
}

async function indexOf({ executable }: PrivatePython, signal?: AbortSignal): Promise<URL | undefined> {
  const { code, output } = await runProgram(executable, ['-m', 'pip', 'config', 'list'], {
    ...(signal === undefined ? {} : { signal }),
  });
  if (code !== 0) return undefined;
  const settings = new Map<string, string>();
  for (const line of output.split('\n')) {
    const [, section, name, value] = /^(:env:|global|download)\.([a-z-]+)='(.*)'$/.exec(line.trim()) ?? [];
    if (section === undefined || name === undefined) continue;
    if (PIPS_OWN.test(name)) return undefined;
    settings.set(`${section} ${name}`, value ?? '');
  }
  // As pip does: what is closer to the command counts.
  const named = [':env:', 'download', 'global'].map(section => settings.get(`${section} index-url`));
  const index = (named.find(Boolean) ?? PUBLIC_INDEX).replace(/\/*$/, '/');
  // With a password in it, or none of the web's.
  return /^https?:\/\/[^@]+$/.test(index) && URL.canParse(index) ? new URL(index) : undefined;
}
